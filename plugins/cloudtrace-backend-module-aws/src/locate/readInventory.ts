import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import { awsCalls } from '../calls/awsCalls';
import { AwsCallError } from '../client/AwsCallError';
import type { AwsRegionApi } from '../client/AwsRegion';
import type { AwsInventory } from '../region/AwsInventory';
import { chunk } from '../region/chunk';
import { truncatedProblem } from '../region/truncatedProblem';
import {
  type AwsTag,
  ENTITY_REF_TAG,
  entityRefsOf,
  knownResource,
} from './knownResource';
import type { KnownResource } from '../region/types';

/** The caller's cached target groups, and how long they stay valid. */
export interface InventoryOptions {
  partition: string;
  /** False: resources without the tag count too, so CloudTrace lists everything. */
  tagRequired: boolean;
  /** Settings of target groups that are still valid. */
  knownTargetGroups: Map<string, TargetGroup>;
}

/**
 * Filters of the tagging API. For RDS and ECS only these types, because their
 * snapshots and tasks inherit tags by the thousand; for the others the whole
 * service, because not every type is available as a filter.
 */
const TAGGED_TYPES = [
  'elasticloadbalancing',
  'rds:db',
  'rds:cluster',
  'ecs:service',
  'cloudwatch',
];
const TARGET_GROUPS_PER_CALL = 100;

/** Lists the resources of an account and region that carry the tag, or all of them. */
export async function readInventory(
  api: AwsRegionApi,
  options: InventoryOptions,
): Promise<AwsInventory> {
  const problems: FleetProblem[] = [];
  const ofRegion = (problem: FleetProblem): FleetProblem => ({
    ...problem,
    account: api.accountId,
    region: api.region,
  });
  const listOrThrow: List = async (call, input) => {
    const { items, truncated } = await api.list(call, input);
    if (truncated) {
      problems.push(ofRegion(truncatedProblem(call.iamAction, api)));
    }
    return items;
  };
  const list: List = async (call, input) => {
    try {
      return await listOrThrow(call, input);
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      problems.push(ofRegion(error.toProblem()));
      return [];
    }
  };

  const [groups, tagged, untagged] = await Promise.all([
    list(awsCalls.describeAutoScalingGroups, {
      MaxRecords: 100,
      ...(options.tagRequired && {
        Filters: [{ Name: 'tag-key', Values: [ENTITY_REF_TAG] }],
      }),
    }),
    list(awsCalls.getResources, {
      ResourcesPerPage: 100,
      ResourceTypeFilters: TAGGED_TYPES,
      TagFilters: [{ Key: ENTITY_REF_TAG }],
    }),
    options.tagRequired ? [] : listUntagged(list),
  ]);

  const tags = new Map<string, AwsTag[]>(untagged.map(arn => [arn, []]));
  for (const mapping of tagged) {
    if (mapping.ResourceARN) tags.set(mapping.ResourceARN, mapping.Tags ?? []);
  }
  const targetGroups = await readTargetGroups(
    listOrThrow,
    [...tags.keys()].filter(arn => arn.includes(':targetgroup/')),
    options.knownTargetGroups,
    problem => problems.push(ofRegion(problem)),
  );
  const behindBalancer = new Map<string, string[]>();
  for (const [arn, group] of targetGroups) {
    for (const balancer of group.LoadBalancerArns ?? []) {
      behindBalancer.set(balancer, [
        ...(behindBalancer.get(balancer) ?? []),
        arn,
      ]);
    }
  }

  const resources = [
    ...groups.map(group =>
      knownResource(
        group.AutoScalingGroupARN ?? '',
        options.partition,
        group.Tags ?? [],
        targetGroupsOf(group),
      ),
    ),
    ...[...tags].map(([arn, arnTags]) =>
      knownResource(
        arn,
        options.partition,
        arnTags,
        behindBalancer.get(arn) ?? [],
      ),
    ),
  ].filter((r): r is KnownResource => r !== undefined);
  return {
    accountId: api.accountId,
    region: api.region,
    resources,
    taggedAlarms: [...tags].flatMap(([arn, arnTags]) => {
      const [, name] = arn.split(':alarm:');
      return name ? [{ name, entityRefs: entityRefsOf(arnTags) }] : [];
    }),
    groups,
    targetGroups,
    problems,
  };
}

/** Lists of the account with the options already applied. */
type List = <I extends object, O, T>(
  call: AwsListCall<I, O, T>,
  input: I,
) => Promise<T[]>;

function targetGroupsOf(group: AutoScalingGroup): string[] {
  const sources = (group.TrafficSources ?? [])
    .map(source => source.Identifier ?? '')
    .filter(id => id.includes(':targetgroup/'));
  return [...new Set([...(group.TargetGroupARNs ?? []), ...sources])];
}

async function listUntagged(list: List): Promise<string[]> {
  const [balancers, targetGroups, instances, clusters] = await Promise.all([
    list(awsCalls.describeLoadBalancers, { PageSize: 400 }),
    list(awsCalls.describeTargetGroups, { PageSize: 400 }),
    list(awsCalls.describeDBInstances, { MaxRecords: 100 }),
    list(awsCalls.describeDBClusters, { MaxRecords: 100 }),
  ]);
  return [
    ...balancers.map(item => item.LoadBalancerArn),
    ...targetGroups.map(item => item.TargetGroupArn),
    ...instances.map(item => item.DBInstanceArn),
    ...clusters.map(item => item.DBClusterArn),
  ].filter((arn): arn is string => Boolean(arn));
}

async function readTargetGroups(
  list: List,
  arns: string[],
  known: Map<string, TargetGroup>,
  onProblem: (problem: FleetProblem) => void,
): Promise<Map<string, TargetGroup>> {
  const found = new Map<string, TargetGroup>();
  const missing: string[] = [];
  for (const arn of arns) {
    const group = known.get(arn);
    if (group) found.set(arn, group);
    else missing.push(arn);
  }
  const read = async (batch: string[]): Promise<void> => {
    try {
      const groups = await list(awsCalls.describeTargetGroups, {
        TargetGroupArns: batch,
      });
      for (const group of groups) {
        if (group.TargetGroupArn) found.set(group.TargetGroupArn, group);
      }
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      // The tagging API still lists recently deleted resources, and one unknown
      // ARN fails the whole call. Halving the list finds it.
      if (error.code !== 'not-found') {
        onProblem(error.toProblem());
      } else if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await Promise.all(chunk(batch, half).map(read));
      }
    }
  };
  await Promise.all(chunk(missing, TARGET_GROUPS_PER_CALL).map(read));
  return found;
}
