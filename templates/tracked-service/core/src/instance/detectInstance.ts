import { randomUUID } from 'node:crypto';
import {
  detectResources,
  envDetector,
  type Resource,
  type ResourceDetector,
} from '@opentelemetry/resources';
import type { Config } from '../config/config.js';

/** The process that responds: the value of `x-instance-id` and of each span's resource. */
export interface Instance {
  /** EC2 instance id, ECS task id, pod name, or a UUID of this process. */
  readonly id: string;
  /** Availability zone; `unknown` if the platform does not report it. */
  readonly zone: string;
}

type Source = Config['INSTANCE_ID_SOURCE'];
type Environment = Record<string, string | undefined>;

/**
 * Detects the identity of this process.
 *
 * `OTEL_RESOURCE_ATTRIBUTES` takes precedence, so that an operator can set it; otherwise the platform is queried. The
 * AWS detectors of OpenTelemetry report the host and the task but never `service.instance.id`, so the mapping is here.
 */
export async function detectInstance(
  source: Source,
  environment: Environment = process.env,
): Promise<Instance> {
  const given = await attributesOf(envDetector);
  const givenId = text(given['service.instance.id']);
  const givenZone = text(given['cloud.availability_zone']);
  if (givenId && givenZone) return { id: givenId, zone: givenZone };

  const found = await askPlatform(
    source === 'auto' ? guessSource(environment) : source,
    environment,
  );
  return {
    id: givenId ?? found.id ?? randomUUID(),
    zone: givenZone ?? found.zone ?? 'unknown',
  };
}

function guessSource(environment: Environment): Source {
  if (environment['ECS_CONTAINER_METADATA_URI_V4']) return 'ecs';
  if (environment['KUBERNETES_SERVICE_HOST']) return 'kubernetes';
  return 'ec2';
}

async function askPlatform(
  source: Source,
  environment: Environment,
): Promise<Partial<Instance>> {
  switch (source) {
    case 'ecs': {
      const { awsEcsDetector } =
        await import('@opentelemetry/resource-detector-aws');
      const task = await attributesOf(awsEcsDetector);
      const id = text(task['aws.ecs.task.arn'])?.split('/').at(-1);
      return present(id, task['cloud.availability_zone']);
    }
    case 'kubernetes':
      // POD_NAME and NODE_ZONE come from the downward API; the host name of a pod is its name.
      return present(
        environment['POD_NAME'] ?? environment['HOSTNAME'],
        environment['NODE_ZONE'],
      );
    case 'ec2': {
      const { awsEc2Detector } =
        await import('@opentelemetry/resource-detector-aws');
      const host = await attributesOf(awsEc2Detector);
      return present(host['host.id'], host['cloud.availability_zone']);
    }
    default:
      return {};
  }
}

async function attributesOf(
  detector: ResourceDetector,
): Promise<Resource['attributes']> {
  const resource = detectResources({ detectors: [detector] });
  await resource.waitForAsyncAttributes?.();
  return resource.attributes;
}

function present(id: unknown, zone: unknown): Partial<Instance> {
  const knownId = text(id);
  const knownZone = text(zone);
  return {
    ...(knownId && { id: knownId }),
    ...(knownZone && { zone: knownZone }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
