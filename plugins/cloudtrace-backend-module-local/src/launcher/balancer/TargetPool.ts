import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';
import { chooseTarget } from './chooseTarget';
import {
  initialHealth,
  nextHealth,
  type HealthThresholds,
  type ProbeResult,
  type TargetHealth,
} from './targetHealth';

/** A target that the load balancer may send requests to. */
export interface PoolTarget {
  /** `<instance id>:<port>`. */
  id: string;
  instanceId: string;
  zone: string;
  port: number;
  health: TargetHealth;
  state: TargetState;
  outstanding: number;
}

/** One change of a target's state. */
export interface TargetTransition {
  target: PoolTarget;
  from: TargetState | undefined;
  to: TargetState;
}

/**
 * The targets of one service with their states. Contains no sockets, so that it
 * can be tested alone.
 */
export class TargetPool {
  readonly #targets = new Map<string, PoolTarget>();
  readonly #thresholds: HealthThresholds;
  readonly #onTransition: (transition: TargetTransition) => void;
  readonly #now: () => number;
  #turn = 0;

  constructor(options: {
    thresholds: HealthThresholds;
    onTransition?: (transition: TargetTransition) => void;
    now?: () => number;
  }) {
    this.#thresholds = options.thresholds;
    this.#onTransition = options.onTransition ?? (() => {});
    this.#now = options.now ?? Date.now;
  }

  list(): PoolTarget[] {
    return [...this.#targets.values()];
  }

  ofInstance(instanceId: string): PoolTarget | undefined {
    return this.list().find(target => target.instanceId === instanceId);
  }

  register(options: { instanceId: string; zone: string; port: number }) {
    const health = initialHealth(this.#now());
    const target: PoolTarget = {
      ...options,
      id: `${options.instanceId}:${options.port}`,
      health,
      state: health.state,
      outstanding: 0,
    };
    this.#targets.set(target.id, target);
    this.#onTransition({ target, from: undefined, to: target.state });
    return target;
  }

  /** The target for the next request; counts the request as outstanding until `release`. */
  acquire(tried?: ReadonlySet<string>): PoolTarget | undefined {
    const target = chooseTarget(this.list(), this.#turn, tried);
    this.#turn = (this.#turn + 1) % Number.MAX_SAFE_INTEGER;
    if (target) target.outstanding += 1;
    return target;
  }

  release(target: PoolTarget) {
    target.outstanding -= 1;
  }

  /** Counts a probe, or a request that could not be delivered. */
  record(target: PoolTarget, result: ProbeResult) {
    this.#apply(
      target,
      nextHealth(target.health, result, this.#thresholds, this.#now()),
    );
  }

  /** Sends no new requests from now on; those in flight may finish. */
  drain(target: PoolTarget) {
    this.#force(target, 'draining', {
      reasonCode: 'Target.DeregistrationInProgress',
      reason: 'Target deregistration is in progress',
    });
  }

  /** The target's zone has stopped. */
  markUnavailable(target: PoolTarget, reason: string) {
    this.#force(target, 'unavailable', {
      reasonCode: 'Local.ZoneStopped',
      reason,
    });
  }

  remove(target: PoolTarget) {
    this.#targets.delete(target.id);
  }

  #force(
    target: PoolTarget,
    state: TargetState,
    why: { reasonCode: string; reason: string },
  ) {
    if (target.state === state) return;
    this.#apply(target, {
      ...target.health,
      ...why,
      state,
      sinceMs: this.#now(),
    });
  }

  #apply(target: PoolTarget, health: TargetHealth) {
    const from = target.state;
    target.health = health;
    target.state = health.state;
    if (from !== health.state) {
      this.#onTransition({ target, from, to: health.state });
    }
  }
}
