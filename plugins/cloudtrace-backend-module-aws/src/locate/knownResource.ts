import type { FleetResourceType } from '@cloudtrace/plugin-cloudtrace-common';
import { consoleUrl } from './consoleUrl';
import { parseArn } from './parseReference';
import type { KnownResource } from '../region/types';

/** The tag that names the entities of a resource. */
export const ENTITY_REF_TAG = 'cloudtrace:entity-ref';
/** The tag that names the environment of a resource. */
export const ENVIRONMENT_TAG = 'cloudtrace:environment';

/** A tag as the SDK's clients return it. */
export interface AwsTag {
  Key?: string;
  Value?: string;
}

/** Describes a resource by its ARN and tags; `undefined` for unsupported kinds. */
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

/** The entities that tags name; spaces separate several of them. */
export function entityRefsOf(tags: AwsTag[]): Set<string> {
  const value = tagValue(tags, ENTITY_REF_TAG) ?? '';
  return new Set(value.toLowerCase().split(/\s+/).filter(Boolean));
}

function tagValue(tags: AwsTag[], key: string): string | undefined {
  return tags.find(tag => tag.Key === key)?.Value;
}
