import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';

// As a filter, so that an instance that is gone does not fail the others.
const IDS_PER_CALL = 200;

/** Reads launch time, type and zone of instances that are not known yet. */
export async function collectLaunches(
  ctx: CollectContext,
  resourceIds: string[],
  instanceIds: string[],
): Promise<void> {
  const unknown = [...new Set(instanceIds)].filter(
    id => !ctx.memory.launches.has(id),
  );
  await Promise.all(
    chunk(unknown, IDS_PER_CALL).map(batch =>
      ctx.reports.attempt(resourceIds, async () => {
        const instances = await listFor(
          ctx,
          resourceIds,
          awsCalls.describeInstances,
          { Filters: [{ Name: 'instance-id', Values: batch }] },
        );
        // Also those that EC2 does not know, or they would be asked for again.
        batch.forEach(id => ctx.memory.launches.set(id, {}));
        for (const instance of instances) {
          ctx.memory.launches.set(instance.InstanceId ?? '', {
            launchedAt: instance.LaunchTime?.toISOString(),
            instanceType: instance.InstanceType,
            zone: instance.Placement?.AvailabilityZone,
          });
        }
      }),
    ),
  );
}
