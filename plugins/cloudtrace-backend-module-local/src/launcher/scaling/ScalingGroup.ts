import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetCapacity } from '@cloudtrace/plugin-cloudtrace-common';
import type { PoolTarget, TargetPool } from '../balancer/TargetPool';
import type { InstanceLauncher } from '../instances/types';
import type { Journal } from '../journal/Journal';
import { ActivityLog, type ScalingCause } from './ActivityLog';
import { couldScaleIn, decideScaling } from './decideScaling';
import { findReplacement } from './findReplacement';
import { GroupMember } from './GroupMember';
import type { GroupTiming, ScalingObservation, ScalingSettings } from './types';
import {
  instanceToTerminate,
  isUnbalanced,
  zoneForLaunch,
  type ZonedInstance,
} from './zones';

const REMEMBER_ENDED_MS = 60_000;
const MAX_LAUNCH_BACKOFF_MS = 60_000;

/**
 * Keeps the desired number of healthy instances, spread evenly over the running
 * zones: replaces unhealthy ones, follows the scaling policies, and drains
 * before it terminates. `tick` runs one round; slow work runs in the
 * background.
 */
export class ScalingGroup {
  readonly settings: ScalingSettings;
  readonly #launcher: InstanceLauncher;
  readonly #pool: TargetPool;
  readonly #journal: Journal;
  readonly #service: string;
  readonly #activities: ActivityLog;
  readonly #timing: GroupTiming;
  readonly #runningZones: () => string[];
  readonly #valueOf: (policyName: string) => number | undefined;
  readonly #background = new Set<Promise<void>>();
  /** Causes of launches that replace a lost instance. */
  readonly #replacements: ScalingCause[] = [];
  #members: GroupMember[] = [];
  #desired: number;
  #lastCause: ScalingCause;
  readonly #launching = new Set<ZonedInstance>();
  #rebalancing = false;
  #launchFailures = 0;
  #noLaunchBeforeMs = 0;
  #lastScaleOutAtMs: number | undefined;
  #lastScaleInAtMs: number | undefined;
  #lowSinceMs: number | undefined;
  #stopped = false;
  #journaledCapacity = '';

  constructor(options: {
    service: string;
    settings: ScalingSettings;
    timing: GroupTiming;
    launcher: InstanceLauncher;
    pool: TargetPool;
    journal: Journal;
    runningZones: () => string[];
    /** Average of a policy's metric over the instances in service. */
    valueOf: (policyName: string) => number | undefined;
  }) {
    this.#service = options.service;
    this.settings = options.settings;
    this.#timing = options.timing;
    this.#launcher = options.launcher;
    this.#pool = options.pool;
    this.#journal = options.journal;
    this.#runningZones = options.runningZones;
    this.#valueOf = options.valueOf;
    this.#activities = new ActivityLog(options.service, options.journal);
    this.#desired = options.settings.min;
    this.#lastCause = {
      kind: 'manual',
      cause: `The service was started on the local fleet with ${options.settings.min} instances`,
    };
  }

  /** All members, including those that ended within the last minute. */
  get members(): GroupMember[] {
    return this.#members;
  }

  get inService(): GroupMember[] {
    return this.#members.filter(member => member.inService);
  }

  get capacity(): FleetCapacity {
    const living = this.#members.filter(m => m.endedAtMs === undefined);
    return {
      min: this.settings.min,
      desired: this.#desired,
      max: this.settings.max,
      inService: this.inService.length,
      pending:
        this.#launching.size +
        living.filter(m => !m.retiring && m.launchActivityId !== undefined)
          .length,
      terminating: living.filter(m => m.retiring).length,
    };
  }

  /** Runs one control round. Never throws. */
  tick(nowMs: number = Date.now()) {
    if (this.#stopped) return;
    this.#settleLaunches(nowMs);
    this.#replaceUnhealthy(nowMs);
    this.#scale(nowMs);
    this.#converge(nowMs);
    this.#rebalance();
    this.#forget(nowMs);
    this.#journalCapacity();
  }

  /** The zone's machines lose power. */
  stopZone(zone: string) {
    for (const member of this.#members) {
      if (member.zone !== zone || member.endedAtMs !== undefined) continue;
      this.#pool.markUnavailable(member.target, `Zone ${zone} is stopped`);
      member.process.kill();
    }
  }

  /** Zones are back: does not wait for the end of a back-off. */
  retryLaunches() {
    this.#launchFailures = 0;
    this.#noLaunchBeforeMs = 0;
  }

  /** Stops every instance. */
  async stop(cause: ScalingCause): Promise<void> {
    this.#stopped = true;
    for (const member of this.#members) {
      if (!member.retiring && member.endedAtMs === undefined) {
        this.#retire(member, cause, { drain: false });
      }
    }
    while (this.#background.size) await Promise.all([...this.#background]);
    this.#journalCapacity();
  }

  #settleLaunches(nowMs: number) {
    for (const member of this.#members) {
      const activityId = member.launchActivityId;
      if (activityId === undefined || member.retiring) continue;
      if (member.target.state === 'healthy') {
        member.launchActivityId = undefined;
        this.#activities.end(activityId, 'successful');
        this.#launchFailures = 0;
        this.#rebalancing = false;
      } else if (
        member.process.hasExited() ||
        nowMs - member.launchedAtMs > this.#timing.launchTimeoutMs
      ) {
        member.launchActivityId = undefined;
        const message = member.process.hasExited()
          ? 'The process ended before it was healthy; its log is in the fleet folder'
          : `Not healthy within ${this.#timing.launchTimeoutMs / 1000} s: ${
              member.target.health.reason ?? 'no health check passed'
            }`;
        this.#activities.end(activityId, 'failed', message);
        this.#launchFailed(nowMs);
        this.#retire(
          member,
          { kind: 'health-replacement', cause: message },
          { drain: false },
        );
      }
    }
  }

  #replaceUnhealthy(nowMs: number) {
    const settled = this.#members.filter(
      member =>
        !member.retiring &&
        member.endedAtMs === undefined &&
        member.launchActivityId === undefined,
    );
    const healthy = settled.filter(m => m.target.state === 'healthy').length;
    for (const member of settled) {
      const cause = findReplacement(member, {
        nowMs,
        timing: this.#timing,
        othersHealthy: healthy > 0,
      });
      if (!cause) continue;
      this.#replacements.push({
        kind: 'health-replacement',
        cause: `An instance is launched to replace ${member.instanceId}: ${cause}`,
      });
      this.#retire(
        member,
        {
          kind: 'health-replacement',
          cause: `${member.instanceId} is taken out of service: ${cause}`,
        },
        { drain: !member.process.hasExited() },
      );
    }
  }

  #scale(nowMs: number) {
    const observation: ScalingObservation = {
      nowMs,
      desired: this.#desired,
      inService: this.inService.length,
      values: Object.fromEntries(
        this.settings.policies.map(({ name }) => [name, this.#valueOf(name)]),
      ),
      lastScaleOutAtMs: this.#lastScaleOutAtMs,
      lastScaleInAtMs: this.#lastScaleInAtMs,
    };
    this.#lowSinceMs = couldScaleIn(this.settings, observation)
      ? this.#lowSinceMs ?? nowMs
      : undefined;
    const decision = decideScaling(this.settings, {
      ...observation,
      lowSinceMs: this.#lowSinceMs,
    });
    if (!decision) return;
    if (decision.desired > this.#desired) this.#lastScaleOutAtMs = nowMs;
    else this.#lastScaleInAtMs = nowMs;
    this.#lastCause = {
      kind: 'policy',
      cause: `${decision.cause} → capacity ${this.#desired} to ${
        decision.desired
      }${decision.limited ? ' (the maximum; more is needed)' : ''}`,
      decision,
    };
    this.#desired = decision.desired;
  }

  #converge(nowMs: number) {
    const active = this.#members.filter(
      m => !m.retiring && m.endedAtMs === undefined,
    );
    const wanted = this.#desired + (this.#rebalancing ? 1 : 0);
    const count = active.length + this.#launching.size;
    if (count < wanted && nowMs >= this.#noLaunchBeforeMs) {
      for (let missing = wanted - count; missing > 0; missing--) {
        this.#launch(this.#replacements.shift() ?? this.#lastCause);
      }
    }
    for (let surplus = count - wanted; surplus > 0; surplus--) {
      const member = instanceToTerminate(active.filter(m => !m.retiring));
      if (!member) return;
      this.#retire(member, this.#lastCause, { drain: true });
    }
  }

  #rebalance() {
    const settled =
      this.#launching.size === 0 &&
      !this.#rebalancing &&
      this.#members.every(m => m.endedAtMs !== undefined || m.inService) &&
      this.inService.length === this.#desired;
    if (!settled || !isUnbalanced(this.#runningZones(), this.inService)) return;
    this.#rebalancing = true;
    this.#lastCause = {
      kind: 'rebalance',
      cause:
        'Instances are spread unevenly over the running zones: one is launched in the emptier zone, then one of the fuller zone is terminated',
    };
  }

  #launch(cause: ScalingCause) {
    const zone = zoneForLaunch(this.#runningZones(), [
      ...this.#members.filter(m => !m.retiring && m.endedAtMs === undefined),
      ...this.#launching,
    ]);
    const active = this.#members.filter(m => m.inService).length;
    const activityId = this.#activities.begin({
      kind: 'launch',
      cause,
      zone,
      fromCapacity: Math.min(active, this.#desired),
      toCapacity: this.#desired,
    });
    if (!zone) {
      this.#activities.end(activityId, 'failed', 'No zone is running');
      this.#replacements.unshift(cause);
      this.#launchFailed(Date.now());
      return;
    }
    const place = { instanceId: activityId, zone, launchedAtMs: Date.now() };
    this.#launching.add(place);
    this.#run(async () => {
      try {
        const process = await this.#launcher.launch(zone);
        const target = this.#pool.register(process);
        const member = new GroupMember({
          process,
          target,
          launchActivityId: activityId,
        });
        this.#members.push(member);
        this.#activities.launched(activityId, member.instanceId);
        if (this.#stopped) {
          this.#retire(
            member,
            { kind: 'manual', cause: 'The service was stopped' },
            { drain: false },
          );
        }
      } catch (error) {
        this.#activities.end(activityId, 'failed', String(error));
        this.#launchFailed(Date.now());
      } finally {
        this.#launching.delete(place);
      }
    });
  }

  #launchFailed(nowMs: number) {
    this.#launchFailures += 1;
    this.#rebalancing = false;
    this.#noLaunchBeforeMs =
      nowMs + Math.min(MAX_LAUNCH_BACKOFF_MS, 1000 * 2 ** this.#launchFailures);
  }

  #retire(
    member: GroupMember,
    cause: ScalingCause,
    options: { drain: boolean },
  ) {
    member.retiring = true;
    if (member.launchActivityId !== undefined) {
      this.#activities.end(member.launchActivityId, 'cancelled');
      member.launchActivityId = undefined;
    }
    const activityId = this.#activities.begin({
      kind: 'terminate',
      cause,
      instanceId: member.instanceId,
      zone: member.zone,
      fromCapacity: Math.max(this.#desired, this.inService.length + 1),
      toCapacity: this.#desired,
    });
    this.#run(async () => {
      if (member.target.state !== 'unavailable') {
        this.#pool.drain(member.target);
      }
      if (options.drain) await this.#waitUntilDrained(member.target);
      await member.process.terminate(this.#timing.terminateGraceMs);
      this.#pool.remove(member.target);
      this.#journal.append({
        kind: 'target',
        service: this.#service,
        targetId: member.target.id,
        zone: member.zone,
        from: member.target.state,
        to: 'removed',
      });
      member.endedAtMs = Date.now();
      this.#activities.end(activityId, 'successful');
    });
  }

  async #waitUntilDrained(target: PoolTarget) {
    const startedAtMs = Date.now();
    const age = () => Date.now() - startedAtMs;
    while (
      age() < this.#timing.minDrainMs ||
      (target.outstanding > 0 && age() < this.#timing.maxDrainMs)
    ) {
      await sleep(50);
    }
  }

  #run(work: () => Promise<void>) {
    const promise = work().finally(() => this.#background.delete(promise));
    this.#background.add(promise);
  }

  #forget(nowMs: number) {
    this.#members = this.#members.filter(
      m => m.endedAtMs === undefined || nowMs - m.endedAtMs < REMEMBER_ENDED_MS,
    );
  }

  #journalCapacity() {
    const { capacity } = this;
    const text = JSON.stringify(capacity);
    if (text === this.#journaledCapacity) return;
    this.#journaledCapacity = text;
    this.#journal.append({
      kind: 'capacity',
      service: this.#service,
      capacity,
    });
  }
}
