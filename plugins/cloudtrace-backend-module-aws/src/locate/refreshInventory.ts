import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import type { AwsRegionApi } from '../client/AwsRegion';
import { isFreshSince } from '../region/CollectContext';
import type { RegionMemory } from '../region/RegionMemory';
import type { AwsConfig } from '../config/types';
import { findEcsServices } from './findEcsServices';
import { readInventory } from './readInventory';
import type { KnownResource } from '../region/types';
import type { AwsInventory } from '../region/AwsInventory';

/** Older inventories are not used while AWS fails: owners may have removed tags. */
const LAST_GOOD_MS = 60 * 60_000;

/**
 * Reads the resources of an account and region and keeps them for `collect`. If
 * a part cannot be read, it keeps the resources of the last complete read, so
 * that a failure of AWS does not look like deleted resources.
 */
export async function refreshInventory(options: {
  api: AwsRegionApi;
  memory: RegionMemory;
  config: AwsConfig;
  now: Date;
  scopes: FleetScopeWithEntity[];
}): Promise<AwsInventory> {
  const { api, memory, config, now } = options;
  const readAtMs = now.getTime();
  const inventory = await readInventory(api, {
    partition: config.partition,
    tagRequired: config.requireResourceTag,
    knownTargetGroups: new Map(
      [...memory.targetGroups]
        .filter(([, group]) =>
          isFreshSince(now, group, config.limits.settingsIntervalMs),
        )
        .map(([arn, group]) => [arn, group.value]),
    ),
  });
  if (!config.requireResourceTag) {
    const { resources, problems } = await findEcsServices({
      api,
      partition: config.partition,
      scopes: options.scopes,
      known: inventory.resources,
    });
    inventory.resources = [...inventory.resources, ...resources];
    inventory.problems = [...inventory.problems, ...problems];
  }
  for (const known of inventory.resources) {
    if (known.kind === 'ecs-service') {
      known.targetGroupArns =
        memory.ecsTargetGroups.get(known.resource.id) ?? [];
    }
  }
  for (const [arn, group] of inventory.targetGroups) {
    const remembered = memory.targetGroups.get(arn);
    if (remembered?.value !== group) {
      memory.targetGroups.set(arn, { value: group, readAtMs });
    }
  }
  memory.freshGroups = {
    readAtMs,
    value: new Map(
      inventory.groups.map(g => [g.AutoScalingGroupName ?? '', g]),
    ),
  };
  const last = memory.inventory;
  const failed = inventory.problems.some(p => p.code !== 'truncated');
  if (failed) {
    if (last && readAtMs - last.readAtMs < LAST_GOOD_MS) {
      inventory.resources = keepMissing(
        inventory.resources,
        last.value.resources,
      );
      if (inventory.taggedAlarms.length === 0) {
        inventory.taggedAlarms = last.value.taggedAlarms;
      }
    }
    memory.latestResources = inventory.resources;
  } else {
    memory.inventory = { value: inventory, readAtMs };
    memory.latestResources = inventory.resources;
    memory.forgetExcept(inventory);
  }
  memory.taggedAlarms = inventory.taggedAlarms;
  return inventory;
}

function keepMissing(
  current: KnownResource[],
  last: KnownResource[],
): KnownResource[] {
  const ids = new Set(current.map(known => known.resource.id));
  return [...current, ...last.filter(known => !ids.has(known.resource.id))];
}
