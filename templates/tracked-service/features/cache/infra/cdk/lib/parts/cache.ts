import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CACHE_PORT, Cache } from '../Cache.ts';
import { metric } from '../Observability.ts';
import { matches } from '../settings/checks.ts';
import type { Part } from './Part.ts';

/** Settings of the cache. */
export interface CacheSettings {
  /**
   * ElastiCache node type of primary and replica.
   * @default "cache.t4g.micro"
   */
  readonly cacheNodeType: string;
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends CacheSettings {}
}

/** A Valkey cache (ElastiCache) with a replica in a second zone. */
export const cache: Part = {
  settings: {
    defaults: { cacheNodeType: 'cache.t4g.micro' } satisfies CacheSettings,
    checks: {
      cacheNodeType: matches(
        /^cache\.[a-z0-9]+\.[a-z0-9]+$/,
        'must be an ElastiCache node type such as cache.t4g.micro',
      ),
    },
  },

  createBeforeService(context) {
    const { address, replicationGroupId } = new Cache(context.stack, 'Cache', {
      ...context,
      nodeType: context.settings.cacheNodeType,
    });
    return {
      environment: {
        CACHE_HOST: address,
        CACHE_PORT: String(CACHE_PORT),
        CACHE_TLS: 'true',
      },
      alarms: {
        'cache-memory': {
          description:
            'The cache uses more than 85 % of its memory for 10 minutes and evicts entries',
          metric: metric(
            'AWS/ElastiCache',
            'DatabaseMemoryUsagePercentage',
            { ReplicationGroupId: replicationGroupId },
            cloudwatch.Stats.MAXIMUM,
          ),
          minutes: 10,
          operator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
          threshold: 85,
          missing: cloudwatch.TreatMissingData.MISSING,
        },
      },
    };
  },
};
