import type {
  FleetAlarm,
  FleetCapacity,
  FleetInstance,
  FleetMetricSeries,
  FleetTarget,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { LoadFigures, LocalServiceDefinition } from '../../protocol/types';
import { HealthChecker } from '../balancer/HealthChecker';
import { LoadBalancer } from '../balancer/LoadBalancer';
import { TargetPool, type TargetTransition } from '../balancer/TargetPool';
import type { InstanceLauncher } from '../instances/types';
import type { Journal } from '../journal/Journal';
import { createLoad } from '../load/createLoad';
import type { ServiceLoad } from '../load/types';
import { ActiveUsersReader } from '../metrics/ActiveUsersReader';
import { AlarmBook } from '../metrics/AlarmBook';
import { CpuSampler } from '../metrics/CpuSampler';
import { ScalingGroup } from '../scaling/ScalingGroup';
import type { GroupTiming } from '../scaling/types';
import { METRIC_PERIOD_MS, ServiceMetrics } from './ServiceMetrics';
import type { FleetPolicy } from './policies';
import type { ServiceProfile } from './ServiceProfile';
import {
  groupTiming,
  healthCheck,
  HEALTH_CHECK_GRACE_MS,
  scalingSettings,
} from './settings';

const CONTROL_INTERVAL_MS = 1_000;
const CPU_INTERVAL_MS = 5_000;
const USERS_INTERVAL_MS = 2_000;
const RATE_WINDOW_SECONDS = 10;

/** A running service: its load balancer, health checks, scaling group and load. */
export class RunningService {
  readonly port: number;
  readonly group: ScalingGroup;
  readonly load: ServiceLoad;
  readonly #name: string;
  readonly #pool: TargetPool;
  readonly #balancer: LoadBalancer;
  readonly #checker: HealthChecker;
  readonly #cpu = new CpuSampler();
  readonly #users = new ActiveUsersReader();
  readonly #policies: FleetPolicy[];
  readonly #alarms: AlarmBook;
  readonly #metrics: ServiceMetrics;
  readonly #timers: NodeJS.Timeout[] = [];
  #durationsMs: number[] = [];

  constructor(options: {
    definition: LocalServiceDefinition;
    profile: ServiceProfile;
    port: number;
    launcher: InstanceLauncher;
    journal: Journal;
    runningZones: () => string[];
    timing?: Partial<GroupTiming>;
    onUnhealthy: (message: string) => void;
  }) {
    const { definition, journal, profile } = options;
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
    const settings = scalingSettings(definition, profile.signal);
    this.#policies = settings.policies;
    this.#metrics = new ServiceMetrics({ activeUsers: this.#scalesByUsers });
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
    this.load = createLoad(profile.load, { port: this.port, definition });
    this.#alarms = new AlarmBook(definition.name, journal, [
      ...settings.policies.map(({ alarm, metricSeriesId, target }) => ({
        ...alarm,
        name: `${definition.name}-${alarm.name}`,
        metricName: metricSeriesId,
        threshold: target,
      })),
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
    if (this.#scalesByUsers) {
      this.#every(USERS_INTERVAL_MS, () => this.#users.read(this.#ports()));
    }
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

  get figures(): LoadFigures {
    return {
      ...(this.load.visitors !== undefined && { visitors: this.load.visitors }),
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
    const policy = this.#policies.find(({ name }) => name === policyName);
    switch (policy?.signal) {
      case 'request-rate':
        return this.#requestsPerInstance();
      case 'active-users':
        return this.#perInstance(this.#users.users);
      case 'cpu':
        return this.#cpu.average(this.#pidsInService());
      default:
        return undefined;
    }
  }

  #requestsPerInstance() {
    return this.#perInstance(
      this.#balancer.requests.perSecond(RATE_WINDOW_SECONDS),
    );
  }

  #perInstance(total: number | undefined): number | undefined {
    const inService = this.group.inService.length;
    return total === undefined || !inService ? undefined : total / inService;
  }

  get #scalesByUsers(): boolean {
    return this.#policies.some(({ signal }) => signal === 'active-users');
  }

  #ports() {
    return this.group.inService.map(member => member.process.port);
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
        ...Object.fromEntries(
          this.#policies.map(({ alarm, name }) => [
            `${this.#name}-${alarm.name}`,
            this.#valueOf(name),
          ]),
        ),
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
      requestRatePerInstance: this.#requestsPerInstance(),
      activeUsers: this.#users.users,
      activeUsersPerInstance: this.#perInstance(this.#users.users),
      errorRate: this.#balancer.errors.perSecond(seconds),
      responseTimeP95: durations[Math.ceil(durations.length * 0.95) - 1],
      cpu: this.#cpu.average(this.#pidsInService()),
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
