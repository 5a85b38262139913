import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { metric } from '../Observability.ts';
import { Redis } from '../redis/Redis.ts';
import { matches } from '../settings/checks.ts';
import type { Part } from './Part.ts';

/** Settings of Redis. */
export interface RedisSettings {
  /**
   * ElastiCache node type of the primary and the replica of Redis.
   * @default "cache.t4g.micro"
   */
  readonly redisNodeType: string;
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends RedisSettings {}
}

/** Redis (ElastiCache for Valkey) for scheduled jobs and wake-up calls. docs/broker.md explains it. */
export const redis: Part = {
  settings: {
    defaults: { redisNodeType: 'cache.t4g.micro' } satisfies RedisSettings,
    checks: {
      redisNodeType: matches(
        /^cache\.[a-z0-9]+\.[a-z0-9]+$/,
        'must be an ElastiCache node type such as cache.t4g.micro',
      ),
    },
  },

  createBeforeService(context) {
    const { url, secretArn, replicationGroupId } = new Redis(
      context.stack,
      'Redis',
      context,
    );
    return {
      environment: { REDIS_SECRET_ARN: secretArn, REDIS_URL: url },
      permissions: [
        new iam.PolicyStatement({
          sid: 'ReadRedisLogin',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [secretArn],
        }),
      ],
      alarms: {
        'redis-memory': {
          description:
            'Redis uses more than 80 % of its memory for 10 minutes: when it is full, it rejects jobs',
          metric: metric(
            'AWS/ElastiCache',
            'DatabaseMemoryUsagePercentage',
            { ReplicationGroupId: replicationGroupId },
            cloudwatch.Stats.MAXIMUM,
          ),
          minutes: 10,
          operator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
          threshold: 80,
          missing: cloudwatch.TreatMissingData.MISSING,
        },
      },
    };
  },
};
