import type { HumanDuration } from '@backstage/types';

export interface Config {
  cloudtrace?: {
    /**
     * Reads fleets from AWS. Without this block, the AWS module reads nothing.
     * Credentials come from the `aws` block of
     * `@backstage/integration-aws-node`.
     */
    aws?: {
      /** Accounts to read. The module reads nothing outside of them. */
      accounts: Array<{
        /** 12 digits, in quotes. */
        accountId: string;
        /** Regions to read, e.g. `eu-central-1`. */
        regions: string[];
        /**
         * Role to assume for CloudTrace only. Defaults to the account's entry under
         * `aws.accounts`, then `aws.accountDefaults`, then the main account.
         */
        roleArn?: string;
        /**
         * External id that the role's trust policy requires.
         * @visibility secret
         */
        externalId?: string;
      }>;
      /** `aws` (default), `aws-cn` or `aws-us-gov`. */
      partition?: string;
      /**
       * Whether to show a resource only if its tag `cloudtrace:entity-ref` contains
       * the entity's reference. Defaults to true.
       */
      requireResourceTag?: boolean;
      /** Sends all API calls to this URL, for AWS emulators. */
      endpoint?: string;
      events?: {
        /**
         * Topic of the events backend that carries EventBridge events. Defaults
         * to `cloudtrace-aws`. It must not contain a dot, because the events
         * modules use it as a configuration key.
         */
        topic?: string;
      };
      alarms?: {
        /**
         * Also reads alarms whose names start with one of these prefixes, in addition to alarms of
         * scaling policies and tagged alarms. `{name}` stands for the resource's name. Each prefix
         * costs one call per matching resource and cycle.
         */
        namePrefixes?: string[];
      };
      /**
       * Pulls security findings of resources that are linked to entities. Both are off by default, and
       * need the actions of docs/iam-policy/cloudtrace-findings.json.
       */
      findings?: {
        /** Pulls active findings of AWS Security Hub. Defaults to false. */
        securityHub?: boolean;
        /** Pulls findings of Amazon Inspector for EC2 instances of linked groups. Defaults to false. */
        inspector?: boolean;
        /** How often to pull findings. Defaults to 1 hour. */
        interval?: HumanDuration | string;
      };
      limits?: {
        /** Concurrent calls to one service in one account and region. Defaults to 5. */
        concurrency?: number;
        /** Time after which a cycle ends with partial results. Defaults to 50 seconds. */
        cycleTimeout?: HumanDuration | string;
        /** Defaults to 3 seconds. */
        connectionTimeout?: HumanDuration | string;
        /** Time limit of one attempt of one call. Defaults to 10 seconds. */
        requestTimeout?: HumanDuration | string;
        /** Attempts per call, including the first. Defaults to 3. */
        maxAttempts?: number;
        /** Pages to read per list; a longer list is reported as truncated. Defaults to 20. */
        maxPages?: number;
        /** Rejects larger responses. Defaults to 16 MiB. */
        maxResponseBytes?: number;
        /**
         * Calls for target health per account, region and cycle while nothing indicates a
         * change. Further target groups are watched through their CloudWatch host counts.
         * Defaults to 12.
         */
        targetHealthCalls?: number;
        /** How often to read policies, schedules, health-check settings and tasks. Defaults to 5 minutes. */
        settingsInterval?: HumanDuration | string;
      };
      metrics?: {
        /** How often to read metrics; CloudWatch charges per metric read. Defaults to 5 minutes. */
        interval?: HumanDuration | string;
        /** How far back to read metrics of a new resource. Defaults to 3 hours. */
        lookback?: HumanDuration | string;
        /** Additional metrics to read. */
        custom?: Array<{
          /** Kebab-case, unique per resource type. */
          id: string;
          /** `auto-scaling-group`, `target-group`, `load-balancer`, `db-instance`, `db-cluster` or `ecs-service`. */
          resourceType: string;
          label?: string;
          /** UCUM unit such as `%`, `ms`, `1/s`. Defaults to `1`. */
          unit?: string;
          namespace: string;
          metricName: string;
          /** `Average` (default), `Sum`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99`. */
          statistic?: string;
          /**
           * Dimensions by name. Values may contain `{name}`, `{loadBalancer}`, `{targetGroup}`,
           * `{clusterName}` and `{serviceName}`.
           */
          dimensions?: { [name: string]: string };
          /** A multiple of 60. Defaults to 60. */
          periodSeconds?: number;
        }>;
      };
    };
  };
}
