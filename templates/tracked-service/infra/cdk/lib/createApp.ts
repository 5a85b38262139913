import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { fullName } from './names.ts';
import { ServiceStack } from './ServiceStack.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** The app with its single stack. cdk-nag's AWS Solutions rules check it at synthesis; an open finding fails it. */
export function createApp(
  settings: ServiceSettings,
  app: App = new App(),
): { app: App; stack: ServiceStack } {
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true }),
  );
  const stack = new ServiceStack(app, 'Service', {
    stackName: fullName(settings),
    settings,
    env: { account: process.env.CDK_DEFAULT_ACCOUNT },
  });
  return { app, stack };
}
