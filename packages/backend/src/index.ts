import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@cloudtrace/plugin-search-backend-module-cloudtrace'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
);
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@cloudtrace/plugin-scaffolder-backend-module-cloudtrace'));

backend.add(import('@cloudtrace/plugin-cloudtrace-backend'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-archive'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-aws'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-kubernetes'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-local'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-snyk'));
backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-sonarqube'));

backend.start();
