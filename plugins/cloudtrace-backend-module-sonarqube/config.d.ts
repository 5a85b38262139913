import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  cloudtrace?: {
    /** Reads SonarQube, see docs/scans.md. */
    sonarqube?: {
      /**
       * CloudTrace polls each instance on its own schedule; entities name it in
       * `sonarqube.org/project-key: [name/]key`.
       */
      instances?: Array<{
        /**
         * Letters, digits, - and _. Annotations without a name refer to the one
         * named `default`.
         */
        name: string;
        /** http(s) URL, such as `https://sonarqube.example.com`. Redirects are not followed. */
        baseUrl: string;
        /**
         * Token of a user who may browse the projects.
         *
         * @visibility secret
         */
        token: string;
        /**
         * Secret of the webhook in SonarQube, at least 16 characters. Without
         * it, the webhook is disabled.
         *
         * @visibility secret
         */
        webhookSecret?: string;
        /**
         * Types of issues to read. Defaults to `VULNERABILITY`. CloudTrace
         * always reads hotspots.
         */
        issueTypes?: Array<'VULNERABILITY' | 'BUG' | 'CODE_SMELL'>;
        /** When to poll projects. Defaults to every 30 minutes. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;
    };
  };
}
