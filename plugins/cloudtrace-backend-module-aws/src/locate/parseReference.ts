import { parse, validate } from '@aws-sdk/util-arn-parser';
import type { AwsKind, AwsReference } from '../region/types';

const MAX_LENGTH = 1024;
const MAX_REFERENCES = 20;

const NAMES: Record<AwsKind, RegExp> = {
  'auto-scaling-group': /^[A-Za-z0-9][\w .+=@/#-]{0,254}$/,
  'target-group': /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
  'load-balancer': /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
  database: /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
  'ecs-service': /^[\w-]{1,255}\/[\w-]{1,255}$/,
};

interface ArnRule {
  service: string;
  /** Matches the ARN's last part; the groups form the name. */
  resource: RegExp;
}

const ARNS: Record<AwsKind, ArnRule> = {
  'auto-scaling-group': {
    service: 'autoscaling',
    resource: /^autoScalingGroup:[\da-f-]{36}:autoScalingGroupName\/(.+)$/,
  },
  'target-group': {
    service: 'elasticloadbalancing',
    resource: /^targetgroup\/([A-Za-z0-9-]{1,32})\/[\da-z]{1,32}$/,
  },
  'load-balancer': {
    service: 'elasticloadbalancing',
    resource:
      /^loadbalancer\/(?:app|net|gwy)\/([A-Za-z0-9-]{1,32})\/[\da-z]{1,32}$/,
  },
  database: {
    service: 'rds',
    resource: /^(?:db|cluster):([A-Za-z0-9-]{1,63})$/,
  },
  'ecs-service': {
    service: 'ecs',
    resource: /^service\/([\w-]{1,255}\/[\w-]{1,255})$/,
  },
};

/** Parses a reference of a known kind; `undefined` for anything else. */
export function parseReference(
  kind: AwsKind,
  value: string,
  partition: string,
): AwsReference | undefined {
  if (value.length > MAX_LENGTH) return undefined;
  if (value.startsWith('arn:')) return parseArn(value, partition, kind);
  return NAMES[kind].test(value) ? { kind, name: value } : undefined;
}

/** Parses an ARN of any known kind, or only of `kind`. */
export function parseArn(
  value: string,
  partition: string,
  kind?: AwsKind,
): AwsReference | undefined {
  if (value.length > MAX_LENGTH || !validate(value)) return undefined;
  const arn = parse(value);
  if (arn.partition !== partition || !/^\d{12}$/.test(arn.accountId)) {
    return undefined;
  }
  const kinds = kind ? [kind] : (Object.keys(ARNS) as AwsKind[]);
  for (const candidate of kinds) {
    const { service, resource } = ARNS[candidate];
    const name = resource.exec(arn.resource)?.[1];
    if (arn.service === service && name && NAMES[candidate].test(name)) {
      return {
        kind: candidate,
        name,
        arn: value,
        accountId: arn.accountId,
        region: arn.region,
      };
    }
  }
  return undefined;
}

/** Parses an annotation's value: one or several references, separated by commas. */
export function parseReferences(
  kind: AwsKind,
  value: string,
  partition: string,
): { references: AwsReference[]; invalid: boolean } {
  const parts = [...new Set(value.split(',').map(part => part.trim()))];
  const references = parts
    .slice(0, MAX_REFERENCES)
    .map(part => parseReference(kind, part, partition));
  const valid = references.filter((r): r is AwsReference => r !== undefined);
  return { references: valid, invalid: valid.length < parts.length };
}
