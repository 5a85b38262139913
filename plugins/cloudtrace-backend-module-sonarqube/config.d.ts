import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  cloudtrace?: {
    /** Reading SonarQube, see docs/scans.md. */
    sonarqube?: {
      /** Each is polled on its own schedule; entities name it in `sonarqube.org/project-key: [name/]key`. */
      instances?: Array<{
        /** Letters, digits, - and _. Annotations without a name mean the one named `default`. */
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
         * Secret of the webhook in SonarQube, at least 16 characters. Without it there is no webhook.
         *
         * @visibility secret
         */
        webhookSecret?: string;
        /** Types of issues to read; by default only `VULNERABILITY`. Hotspots are always read. */
        issueTypes?: Array<'VULNERABILITY' | 'BUG' | 'CODE_SMELL'>;
        /** When projects are polled; by default every 30 minutes. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;
    };
  };
}
