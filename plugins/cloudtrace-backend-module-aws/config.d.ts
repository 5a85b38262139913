import type { HumanDuration } from '@backstage/types';

export interface Config {
  cloudtrace?: {
    /**
     * Reads the fleets of services from AWS. Without this block the AWS module
     * does nothing. Credentials come from the `aws` block of
     * `@backstage/integration-aws-node`.
     */
    aws?: {
      /** The accounts to read. Nothing outside of them is ever asked for. */
      accounts: Array<{
        /** 12 digits, in quotes. */
        accountId: string;
        /** Regions to read, e.g. `eu-central-1`. */
        regions: string[];
        /**
         * Role to assume for CloudTrace alone. Without it, the account's entry under
         * `aws.accounts`, else `aws.accountDefaults`, else the main account is used.
         */
        roleArn?: string;
        /**
         * External id that the role's trust policy asks for.
         * @visibility secret
         */
        externalId?: string;
      }>;
      /** `aws` (default), `aws-cn` or `aws-us-gov`. */
      partition?: string;
      /**
       * Whether a resource must carry the tag `cloudtrace:entity-ref` with the
       * entity's reference before anything of it is shown. Defaults to true.
       */
      requireResourceTag?: boolean;
      /** Sends all calls to this URL, for stand-ins of AWS. */
      endpoint?: string;
      events?: {
        /** Topic of the events backend that carries EventBridge events. Defaults to `cloudtrace-aws`. Without a dot, because the
         * events modules use it as a configuration key. */
        topic?: string;
      };
      alarms?: {
        /**
         * Alarms whose names begin so are read as well, besides those of scaling policies and
         * those with the tag. `{name}` stands for the resource's name. Each prefix costs
         * one call per resource that it names and cycle.
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
        /** How often they are pulled. Defaults to 1 hour. */
        interval?: HumanDuration | string;
      };
      limits?: {
        /** Calls at the same time to one service in one account and region. Defaults to 5. */
        concurrency?: number;
        /** Time after which a cycle ends with what it has. Defaults to 50 seconds. */
        cycleTimeout?: HumanDuration | string;
        /** Defaults to 3 seconds. */
        connectionTimeout?: HumanDuration | string;
        /** Time for one try of one call. Defaults to 10 seconds. */
        requestTimeout?: HumanDuration | string;
        /** Tries of one call, the first included. Defaults to 3. */
        maxAttempts?: number;
        /** Pages read of one list; if there are more, that is said. Defaults to 20. */
        maxPages?: number;
        /** Larger answers are refused. Defaults to 16 MiB. */
        maxResponseBytes?: number;
        /**
         * Calls for target health per account, region and cycle while nothing hints at
         * a change. Target groups beyond it are watched through their CloudWatch
         * host counts. Defaults to 12.
         */
        targetHealthCalls?: number;
        /** How often policies, schedules, health-check settings and tasks are read again. Defaults to 5 minutes. */
        settingsInterval?: HumanDuration | string;
      };
      metrics?: {
        /** How often metrics are read; CloudWatch charges per metric read. Defaults to 5 minutes. */
        interval?: HumanDuration | string;
        /** How far back to read when a resource is new. Defaults to 3 hours. */
        lookback?: HumanDuration | string;
        /** Metrics to read besides the catalogue. */
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
           * Dimensions by name. Values may hold `{name}`, `{loadBalancer}`, `{targetGroup}`,
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
