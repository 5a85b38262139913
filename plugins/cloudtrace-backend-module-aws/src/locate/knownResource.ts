import type { FleetResourceType } from '@cloudtrace/plugin-cloudtrace-common';
import { consoleUrl } from './consoleUrl';
import { parseArn } from './parseReference';
import type { KnownResource } from '../region/types';

/** Tag by which a resource says which entities it belongs to. */
export const ENTITY_REF_TAG = 'cloudtrace:entity-ref';
/** Tag by which a resource says which environment it is of. */
export const ENVIRONMENT_TAG = 'cloudtrace:environment';

/** A tag as the SDK's clients answer it. */
export interface AwsTag {
  Key?: string;
  Value?: string;
}

/** Describes a resource by its ARN and tags; `undefined` for kinds that are of no use. */
export function knownResource(
  arn: string,
  partition: string,
  tags: AwsTag[],
  targetGroupArns: string[] = [],
): KnownResource | undefined {
  const reference = parseArn(arn, partition);
  if (!reference?.region || !reference.accountId) return undefined;
  const { kind, name, region } = reference;
  let type: FleetResourceType = kind;
  if (kind === 'database') {
    type = arn.includes(':cluster:') ? 'db-cluster' : 'db-instance';
  }
  return {
    kind,
    resource: {
      provider: 'aws',
      id: arn,
      type,
      name,
      account: reference.accountId,
      region,
      consoleUrl: consoleUrl({ partition, region, type, name, arn }),
    },
    entityRefs: entityRefsOf(tags),
    environment: tagValue(tags, ENVIRONMENT_TAG)?.trim() || undefined,
    targetGroupArns,
  };
}

/** Entities that tags name; several are separated by spaces. */
export function entityRefsOf(tags: AwsTag[]): Set<string> {
  const value = tagValue(tags, ENTITY_REF_TAG) ?? '';
  return new Set(value.toLowerCase().split(/\s+/).filter(Boolean));
}

function tagValue(tags: AwsTag[], key: string): string | undefined {
  return tags.find(tag => tag.Key === key)?.Value;
}
