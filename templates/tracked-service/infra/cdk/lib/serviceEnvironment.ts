import type { ComputeProps } from './ComputeContract.ts';
import { PORTS } from './names.ts';
import { telemetryEnvironment } from './telemetryEnvironment.ts';

/** Environment variables of the service's container. */
export function containerEnvironment(
  {
    fullName,
    settings,
    ingestTokenSecretArn,
    dataEnvironment,
  }: Pick<
    ComputeProps,
    'fullName' | 'settings' | 'ingestTokenSecretArn' | 'dataEnvironment'
  >,
  instanceIdSource: 'ec2' | 'ecs' | 'kubernetes',
): Record<string, string> {
  return {
    AWS_REGION: settings.region,
    DEPLOYMENT_ENVIRONMENT: settings.environment,
    INSTANCE_ID_SOURCE: instanceIdSource,
    ...telemetryEnvironment(settings, ingestTokenSecretArn),
    PORT: String(PORTS.service),
    SECRETS_BACKEND: settings.secretsBackend,
    SERVICE_IMAGE: settings.image,
    ...(settings.scalingPolicy === 'active-users' && {
      ACTIVE_USERS_METRIC_SERVICE: fullName,
    }),
    ...dataEnvironment,
  };
}
