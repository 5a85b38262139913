import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsEc2Detector } from '@opentelemetry/resource-detector-aws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { detectInstance } from './detectInstance.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let metadata: Server | undefined;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  metadata?.close();
  metadata = undefined;
});

describe('detectInstance', () => {
  it('uses OTEL_RESOURCE_ATTRIBUTES without querying the platform', async () => {
    vi.stubEnv(
      'OTEL_RESOURCE_ATTRIBUTES',
      'service.instance.id=web-7,cloud.availability_zone=local-b',
    );
    const ec2 = vi.spyOn(awsEc2Detector, 'detect');

    expect(await detectInstance('ec2')).toEqual({
      id: 'web-7',
      zone: 'local-b',
    });
    expect(ec2).not.toHaveBeenCalled();
  });

  it('reads instance id and zone from EC2', async () => {
    vi.spyOn(awsEc2Detector, 'detect').mockReturnValue({
      attributes: {
        'host.id': Promise.resolve('i-0abc'),
        'cloud.availability_zone': Promise.resolve('eu-central-1b'),
      },
    });

    expect(await detectInstance('auto', {})).toEqual({
      id: 'i-0abc',
      zone: 'eu-central-1b',
    });
  });

  it('reads task id and zone from the ECS metadata service', async () => {
    const url = await serveMetadata({
      '/v4': {
        ContainerARN: 'arn:aws:ecs:eu-central-1:111122223333:container/c1',
      },
      '/v4/task': {
        Cluster: 'main',
        TaskARN: 'arn:aws:ecs:eu-central-1:111122223333:task/main/4f0e',
        Family: 'orders',
        Revision: '3',
        LaunchType: 'FARGATE',
        AvailabilityZone: 'eu-central-1c',
      },
    });
    vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', `${url}/v4`);

    expect(await detectInstance('auto')).toEqual({
      id: '4f0e',
      zone: 'eu-central-1c',
    });
  });

  it('reads the pod name, and the zone from the downward API', async () => {
    expect(
      await detectInstance('auto', {
        KUBERNETES_SERVICE_HOST: '10.0.0.1',
        HOSTNAME: 'orders-5d9c-x2x',
        NODE_ZONE: 'eu-central-1a',
      }),
    ).toEqual({ id: 'orders-5d9c-x2x', zone: 'eu-central-1a' });
  });

  it('creates its own id if nothing is known', async () => {
    const first = await detectInstance('uuid', {});
    const second = await detectInstance('uuid', {});

    expect(first.id).toMatch(uuid);
    expect(first.zone).toBe('unknown');
    expect(second.id).not.toBe(first.id);
  });
});

async function serveMetadata(pages: Record<string, unknown>): Promise<string> {
  metadata = createServer((request, response) => {
    response.end(JSON.stringify(pages[request.url ?? ''] ?? {}));
  });
  const server = metadata;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
