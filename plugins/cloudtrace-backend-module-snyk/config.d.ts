import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  cloudtrace?: {
    /** Pulling issues of entities with the annotations `snyk.io/…` from Snyk, see docs/scans.md. */
    snyk?: {
      /** API of the region, such as `https://api.eu.snyk.io`; by default `https://api.snyk.io`. */
      apiUrl?: string;
      /**
       * Token of a service account that may view the organisations, their projects and issues.
       *
       * @visibility secret
       */
      token: string;
      /** Ids of the organisations that may be read; the first is that of entities without `snyk.io/org-id`. */
      orgs: string[];
      /**
       * Secrets of webhooks, at least 16 characters each; any of them may have signed. Without one there is no webhook.
       *
       * @deepVisibility secret
       */
      webhookSecrets?: string[];
      /** When everything is pulled; by default every hour, for at most 30 minutes. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
