import { parse, validate } from '@aws-sdk/util-arn-parser';

/** An event as EventBridge delivers it, unchecked. */
interface EventBridgeEvent {
  source?: unknown;
  account?: unknown;
  region?: unknown;
  resources?: unknown;
  detail?: unknown;
}

/** The resources that an event names, to be found among those collected. */
export interface EventSubject {
  accountId: string;
  region: string;
  /** ARNs, instance ids and task ids. */
  ids: string[];
  /** ECS service as `cluster/service`. */
  ecsService?: string;
}

const SOURCES = new Set([
  'aws.autoscaling',
  'aws.cloudwatch',
  'aws.ec2',
  'aws.ecs',
  'aws.rds',
  'aws.elasticloadbalancing',
  'aws.application-autoscaling',
]);
const MAX_IDS = 20;

/** Reads which resources an event concerns; `undefined` for events of no interest. */
export function subjectOfEvent(payload: unknown): EventSubject | undefined {
  const event = (payload ?? {}) as EventBridgeEvent;
  const { source, account, region, resources } = event;
  if (
    typeof source !== 'string' ||
    !SOURCES.has(source) ||
    typeof account !== 'string' ||
    typeof region !== 'string'
  ) {
    return undefined;
  }
  const detail = (
    typeof event.detail === 'object' && event.detail !== null
      ? event.detail
      : {}
  ) as Record<string, unknown>;
  const ids = [
    ...(Array.isArray(resources) ? resources : []),
    detail.EC2InstanceId,
    detail['instance-id'],
    detail.SourceArn,
    lastPart(detail.taskArn),
  ].filter((id): id is string => typeof id === 'string' && id.length > 0);
  return {
    accountId: account,
    region,
    ids: ids.slice(0, MAX_IDS),
    ecsService: ecsServiceOf(detail),
  };
}

function lastPart(arn: unknown): string | undefined {
  return typeof arn === 'string'
    ? arn.slice(arn.lastIndexOf('/') + 1)
    : undefined;
}

function ecsServiceOf(detail: Record<string, unknown>): string | undefined {
  const { clusterArn, group } = detail;
  if (typeof clusterArn !== 'string' || !validate(clusterArn)) return undefined;
  const cluster = parse(clusterArn).resource.replace(/^cluster\//, '');
  const service =
    typeof group === 'string' ? /^service:(.+)$/.exec(group)?.[1] : undefined;
  return service && `${cluster}/${service}`;
}
