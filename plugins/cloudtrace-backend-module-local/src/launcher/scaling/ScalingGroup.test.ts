import { setTimeout as sleep } from 'node:timers/promises';
import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { TargetPool } from '../balancer/TargetPool';
import type { InstanceLauncher, InstanceProcess } from '../instances/types';
import { Journal } from '../journal/Journal';
import { ScalingGroup } from './ScalingGroup';

/** Instances without real processes. */
class FakeLauncher implements InstanceLauncher {
  readonly launched: Array<InstanceProcess & { end: () => void }> = [];
  failNext = false;

  async launch(zone: string): Promise<InstanceProcess> {
    if (this.failNext) {
      this.failNext = false;
      throw new Error('no memory');
    }
    let ended = false;
    let end = () => {};
    const exited = new Promise<string>(resolve => {
      end = () => {
        ended = true;
        resolve('ended');
      };
    });
    const number = this.launched.length + 1;
    const process = {
      instanceId: `i${number}`,
      zone,
      port: number,
      pid: number,
      launchedAtMs: Date.now(),
      exited,
      end,
      hasExited: () => ended,
      terminate: async () => end(),
      kill: () => end(),
    };
    this.launched.push(process);
    return process;
  }
}

const refused = { ok: false, reasonCode: 'x', reason: 'refused' } as const;

describe('ScalingGroup', () => {
  let zones: string[];
  let rate: number;
  let launcher: FakeLauncher;
  let pool: TargetPool;
  let journal: Journal;
  let group: ScalingGroup;

  const activities = () => [
    ...new Map(
      journal
        .since('activity')
        .map(({ activity }): [string, ScalingActivity] => [
          activity.activityId,
          activity,
        ]),
    ).values(),
  ];
  const passChecks = () => {
    for (const target of pool.list()) {
      const member = group.members.find(m => m.target === target);
      pool.record(target, member?.process.hasExited() ? refused : { ok: true });
    }
  };
  /** Runs control rounds with health checks between them. */
  const rounds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      group.tick();
      await sleep(10);
      passChecks();
    }
    group.tick();
  };
  const zonesInService = () =>
    group.inService.map(member => member.zone).sort();

  beforeEach(async () => {
    zones = ['a', 'b'];
    rate = 10;
    launcher = new FakeLauncher();
    journal = new Journal();
    pool = new TargetPool({
      thresholds: { healthyThreshold: 1, unhealthyThreshold: 1, graceMs: 0 },
    });
    group = new ScalingGroup({
      service: 'orders',
      settings: {
        min: 3,
        max: 6,
        scaleOutCooldownMs: 0,
        scaleInCooldownMs: 0,
        scaleInAfterMs: 0,
        policies: [
          {
            name: 'rate',
            metricName: 'request rate',
            metricSeriesId: 'rate',
            unit: '/s',
            target: 15,
          },
        ],
      },
      timing: {
        launchTimeoutMs: 1_000,
        replaceUnhealthyAfterMs: 30,
        replaceDeadAfterMs: 0,
        minDrainMs: 0,
        maxDrainMs: 100,
        terminateGraceMs: 10,
      },
      launcher,
      pool,
      journal,
      runningZones: () => zones,
      valueOf: () => rate,
    });
    await rounds(2);
  });
  afterEach(() => group.stop({ kind: 'manual', cause: 'the test is over' }));

  it('starts the minimum, spread over the zones', () => {
    expect(zonesInService()).toEqual(['a', 'a', 'b']);
    expect(group.capacity).toMatchObject({ desired: 3, inService: 3 });
    expect(activities().map(({ status }) => status)).toEqual(
      Array(3).fill('successful'),
    );
  });

  it('replaces an instance whose process ended', async () => {
    const victim = group.inService[0];
    victim.process.kill();
    passChecks();
    await rounds(3);
    expect(group.inService).toHaveLength(3);
    expect(group.inService).not.toContain(victim);
    expect(activities().slice(3)).toMatchObject([
      {
        kind: 'terminate',
        causeKind: 'health-replacement',
        instanceIds: [victim.instanceId],
      },
      {
        kind: 'launch',
        status: 'successful',
        causeKind: 'health-replacement',
        instanceIds: [launcher.launched[3].instanceId],
        cause: expect.stringContaining(victim.instanceId),
      },
    ]);
  });

  it('replaces an unhealthy running instance only while another one is healthy', async () => {
    for (const target of pool.list()) pool.record(target, refused);
    await sleep(40);
    group.tick();
    expect(activities()).toHaveLength(3);
    const [sick, ...others] = pool.list();
    for (const target of others) pool.record(target, { ok: true });
    group.tick();
    expect(activities()[3]).toMatchObject({ instanceIds: [sick.instanceId] });
  });

  it('scales out and in by policy, and drains first', async () => {
    rate = 24;
    group.tick();
    rate = 14;
    await rounds(2);
    expect(group.inService).toHaveLength(5);
    expect(activities().slice(3)).toMatchObject(
      Array(2).fill({
        kind: 'launch',
        causeKind: 'policy',
        metricValue: 24,
        threshold: 15,
        fromCapacity: 3,
        toCapacity: 5,
        cause: 'request rate 24/s per instance > 15/s target → capacity 3 to 5',
      }),
    );
    rate = 2;
    group.tick();
    rate = 14;
    expect(
      pool.list().filter(({ state }) => state === 'draining'),
    ).toHaveLength(1);
    await sleep(120);
    expect(group.capacity).toMatchObject({ inService: 4, terminating: 0 });
  });

  it('moves to the running zones and back', async () => {
    zones = ['b'];
    group.stopZone('a');
    expect(
      pool.list().filter(({ state }) => state === 'unavailable'),
    ).toHaveLength(2);
    await rounds(3);
    expect(zonesInService()).toEqual(['b', 'b', 'b']);
    zones = ['a', 'b'];
    await rounds(6);
    expect(zonesInService()).toEqual(['a', 'b', 'b']);
    expect(activities().at(-1)).toMatchObject({ causeKind: 'rebalance' });
  });

  it('records a failed launch with its reason and backs off', async () => {
    launcher.failNext = true;
    rate = 20;
    group.tick();
    rate = 14;
    await rounds(3);
    expect(activities()[3]).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no memory'),
    });
    expect(launcher.launched).toHaveLength(3);
  });
});
