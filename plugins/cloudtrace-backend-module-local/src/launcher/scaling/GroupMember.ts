import type {
  FleetInstance,
  FleetInstanceState,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { PoolTarget } from '../balancer/TargetPool';
import type { InstanceProcess } from '../instances/types';

/** An instance of a scaling group from launch to end. */
export class GroupMember {
  readonly process: InstanceProcess;
  readonly target: PoolTarget;
  /** Id of the launch activity while it is in progress. */
  launchActivityId: string | undefined;
  /** The instance is terminating: it no longer counts as capacity. */
  retiring = false;
  endedAtMs: number | undefined;
  cpuPercent: number | undefined;

  constructor(options: {
    process: InstanceProcess;
    target: PoolTarget;
    launchActivityId: string;
  }) {
    this.process = options.process;
    this.target = options.target;
    this.launchActivityId = options.launchActivityId;
  }

  get instanceId() {
    return this.process.instanceId;
  }

  get zone() {
    return this.process.zone;
  }

  get launchedAtMs() {
    return this.process.launchedAtMs;
  }

  get inService() {
    return (
      !this.retiring &&
      this.launchActivityId === undefined &&
      !this.process.hasExited()
    );
  }

  get state(): FleetInstanceState {
    if (this.endedAtMs !== undefined) return 'terminated';
    if (this.retiring) {
      return this.process.hasExited() ? 'terminating' : 'draining';
    }
    if (this.process.hasExited()) return 'terminated';
    return this.launchActivityId === undefined ? 'in-service' : 'pending';
  }

  describe(): FleetInstance {
    return {
      instanceId: this.instanceId,
      zone: this.zone,
      state: this.state,
      vendorState: this.process.hasExited()
        ? 'local process ended'
        : `local process ${this.process.pid}`,
      instanceType: 'local process',
      launchedAt: new Date(this.launchedAtMs).toISOString(),
    };
  }
}
