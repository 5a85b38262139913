import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';

// Passes ids as a filter, so that a terminated instance does not fail the whole call.
const IDS_PER_CALL = 200;

/** Reads launch time, type and zone of new instances. */
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
        // Remembers instances unknown to EC2 too, because otherwise every cycle
        // would request them again.
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
