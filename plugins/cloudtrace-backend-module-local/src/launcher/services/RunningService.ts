import type {
  FleetAlarm,
  FleetCapacity,
  FleetInstance,
  FleetMetricSeries,
  FleetTarget,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { LocalServiceDefinition } from '../../protocol/types';
import { HealthChecker } from '../balancer/HealthChecker';
import { LoadBalancer } from '../balancer/LoadBalancer';
import { TargetPool, type TargetTransition } from '../balancer/TargetPool';
import type { InstanceLauncher } from '../instances/types';
import type { Journal } from '../journal/Journal';
import { LoadGenerator } from '../load/LoadGenerator';
import { AlarmBook } from '../metrics/AlarmBook';
import { CpuSampler } from '../metrics/CpuSampler';
import { ScalingGroup } from '../scaling/ScalingGroup';
import type { GroupTiming } from '../scaling/types';
import { METRIC_PERIOD_MS, ServiceMetrics } from './ServiceMetrics';
import {
  CPU_POLICY,
  groupTiming,
  healthCheck,
  HEALTH_CHECK_GRACE_MS,
  REQUEST_RATE_POLICY,
  scalingSettings,
} from './settings';

const CONTROL_INTERVAL_MS = 1_000;
const CPU_INTERVAL_MS = 5_000;
const RATE_WINDOW_SECONDS = 10;

/** A running service: its load balancer, health checks, scaling group and load. */
export class RunningService {
  readonly port: number;
  readonly group: ScalingGroup;
  readonly load: LoadGenerator;
  readonly #name: string;
  readonly #pool: TargetPool;
  readonly #balancer: LoadBalancer;
  readonly #checker: HealthChecker;
  readonly #cpu = new CpuSampler();
  readonly #alarms: AlarmBook;
  readonly #metrics = new ServiceMetrics();
  readonly #timers: NodeJS.Timeout[] = [];
  #durationsMs: number[] = [];

  constructor(options: {
    definition: LocalServiceDefinition;
    port: number;
    launcher: InstanceLauncher;
    journal: Journal;
    runningZones: () => string[];
    timing?: Partial<GroupTiming>;
    onUnhealthy: (message: string) => void;
  }) {
    const { definition, journal } = options;
    this.#name = definition.name;
    this.port = options.port;
    this.#pool = new TargetPool({
      thresholds: { ...healthCheck, graceMs: HEALTH_CHECK_GRACE_MS },
      onTransition: transition => {
        journalTransition(journal, definition.name, transition);
        if (transition.to === 'unhealthy') {
          const { target } = transition;
          options.onUnhealthy(
            `${target.instanceId} in ${target.zone} is unhealthy: ${target.health.reason}`,
          );
        }
      },
    });
    this.#balancer = new LoadBalancer({
      pool: this.#pool,
      onAnswer: durationMs => {
        if (this.#durationsMs.length < 5_000) {
          this.#durationsMs.push(durationMs);
        }
      },
    });
    this.#checker = new HealthChecker(this.#pool, {
      path: healthCheck.path!,
      intervalMs: healthCheck.intervalMs,
      timeoutMs: healthCheck.timeoutMs,
    });
    const settings = scalingSettings(definition);
    this.group = new ScalingGroup({
      service: definition.name,
      settings,
      timing: { ...groupTiming, ...options.timing },
      launcher: options.launcher,
      pool: this.#pool,
      journal,
      runningZones: options.runningZones,
      valueOf: policyName => this.#valueOf(policyName),
    });
    this.load = new LoadGenerator({
      port: this.port,
      requestsPerSecond: definition.requestsPerSecond,
    });
    const [requestRate, cpu] = settings.policies;
    this.#alarms = new AlarmBook(definition.name, journal, [
      {
        name: `${definition.name}-request-rate-high`,
        metricName: requestRate.metricSeriesId,
        metric: 'metric-requests-per-instance',
        threshold: requestRate.target,
        unit: '1/s',
        forMs: 5_000,
      },
      {
        name: `${definition.name}-cpu-high`,
        metricName: cpu.metricSeriesId,
        metric: 'metric-cpu-short',
        threshold: cpu.target,
        unit: '%',
        forMs: 15_000,
      },
      {
        name: `${definition.name}-unhealthy-targets`,
        metricName: 'unhealthy-targets',
        metric: 'metric-unhealthy-targets',
        threshold: 0,
        unit: '1',
        forMs: 0,
      },
      {
        name: `${definition.name}-server-errors`,
        metricName: 'error-rate',
        metric: 'metric-server-errors-short',
        threshold: 1,
        unit: '1/s',
        forMs: 5_000,
      },
    ]);
  }

  async start(): Promise<void> {
    await this.#balancer.listen(this.port);
    this.#checker.start();
    this.group.tick();
    this.#every(CONTROL_INTERVAL_MS, () => this.group.tick());
    this.#every(CONTROL_INTERVAL_MS, () => this.#evaluateAlarms());
    this.#every(CPU_INTERVAL_MS, () => this.#cpu.sample(this.#pidsInService()));
    this.#every(METRIC_PERIOD_MS, () => this.#takeMetrics());
  }

  /** Stops load and instances, in this order. */
  async stop(cause: string): Promise<void> {
    this.load.stop();
    for (const timer of this.#timers) clearInterval(timer);
    await this.group.stop({ kind: 'manual', cause });
    this.#checker.stop();
    await this.#balancer.close();
  }

  /** Whether enough instances are in service to start the load. */
  get ready(): boolean {
    return this.group.inService.length >= this.group.settings.min;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get capacity(): FleetCapacity {
    return this.group.capacity;
  }

  get alarms(): FleetAlarm[] {
    return this.#alarms.list();
  }

  get figures() {
    return {
      requestsPerSecond: this.#balancer.requests.perSecond(RATE_WINDOW_SECONDS),
      errorsPerSecond: this.#balancer.errors.perSecond(RATE_WINDOW_SECONDS),
      outstanding: this.#balancer.outstanding,
    };
  }

  get instances(): Array<
    FleetInstance & { port?: number; pid?: number; cpuPercent?: number }
  > {
    return this.group.members.map(member => ({
      ...member.describe(),
      port: member.process.port,
      pid: member.process.pid,
      cpuPercent: this.#cpu.of(member.process.pid),
    }));
  }

  get targets(): FleetTarget[] {
    return this.#pool.list().map(target => ({
      targetId: target.id,
      instanceId: target.instanceId,
      port: target.port,
      zone: target.zone,
      state: target.state,
      reasonCode: target.health.reasonCode,
      reason: target.health.reason,
      since: new Date(target.health.sinceMs).toISOString(),
    }));
  }

  metricsSince(from?: Date): FleetMetricSeries[] {
    return this.#metrics.since(from);
  }

  #valueOf(policyName: string): number | undefined {
    const inService = this.group.inService.length;
    if (inService === 0) return undefined;
    if (policyName === REQUEST_RATE_POLICY) {
      return this.#balancer.requests.perSecond(RATE_WINDOW_SECONDS) / inService;
    }
    return policyName === CPU_POLICY
      ? this.#cpu.average(this.#pidsInService())
      : undefined;
  }

  #pidsInService() {
    return this.group.inService.map(member => member.process.pid);
  }

  #evaluateAlarms() {
    const unhealthy = this.#pool
      .list()
      .filter(({ state }) => state === 'unhealthy' || state === 'unavailable');
    this.#alarms.evaluate(
      {
        [`${this.#name}-request-rate-high`]: this.#valueOf(REQUEST_RATE_POLICY),
        [`${this.#name}-cpu-high`]: this.#valueOf(CPU_POLICY),
        [`${this.#name}-unhealthy-targets`]: unhealthy.length,
        [`${this.#name}-server-errors`]:
          this.#balancer.errors.perSecond(RATE_WINDOW_SECONDS),
      },
      Date.now(),
    );
  }

  #takeMetrics() {
    const seconds = METRIC_PERIOD_MS / 1000;
    const durations = this.#durationsMs.sort((a, b) => a - b);
    this.#durationsMs = [];
    this.#metrics.add(Date.now() - METRIC_PERIOD_MS, {
      requestRate: this.#balancer.requests.perSecond(seconds),
      requestRatePerInstance: this.#valueOf(REQUEST_RATE_POLICY),
      errorRate: this.#balancer.errors.perSecond(seconds),
      responseTimeP95: durations[Math.ceil(durations.length * 0.95) - 1],
      cpu: this.#valueOf(CPU_POLICY),
      healthyTargets: this.#pool
        .list()
        .filter(({ state }) => state === 'healthy').length,
      inService: this.group.inService.length,
    });
  }

  #every(intervalMs: number, work: () => unknown) {
    this.#timers.push(setInterval(work, intervalMs));
  }
}

function journalTransition(
  journal: Journal,
  service: string,
  { target, from, to }: TargetTransition,
) {
  journal.append({
    kind: 'target',
    service,
    targetId: target.id,
    zone: target.zone,
    from,
    to,
    reasonCode: target.health.reasonCode,
    reason: target.health.reason,
  });
}
