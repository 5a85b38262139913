import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  cloudtrace?: {
    /** Pulls the issues of entities with `snyk.io/…` annotations from Snyk, see docs/scans.md. */
    snyk?: {
      /** API of the region, such as `https://api.eu.snyk.io`. Defaults to `https://api.snyk.io`. */
      apiUrl?: string;
      /**
       * Token of a service account that may view the organisations, their
       * projects and issues.
       *
       * @visibility secret
       */
      token: string;
      /**
       * Ids of the organisations to read; the first one applies to entities
       * without `snyk.io/org-id`.
       */
      orgs: string[];
      /**
       * Secrets of webhooks, at least 16 characters each; any of them may have
       * signed a webhook. Without one, webhooks are disabled.
       *
       * @deepVisibility secret
       */
      webhookSecrets?: string[];
      /** When to pull everything. Defaults to every hour, for at most 30 minutes. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
