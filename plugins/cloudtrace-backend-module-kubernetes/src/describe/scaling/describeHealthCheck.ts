import type { HealthCheckSettings } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { countAt, fieldAt, listAt, shortenText, textAt } from '../fields';

/**
 * The readiness probe of the first container that has one, with the defaults of
 * Kubernetes (api/core/v1 Probe); null if there is none, absent if unknown.
 */
export function describeHealthCheck(
  workload: WatchedObject,
): HealthCheckSettings | null | undefined {
  const containers = listAt(
    workload,
    ...['spec', 'template', 'spec', 'containers'],
  );
  const probe = containers
    .map(container => fieldAt(container, 'readinessProbe'))
    .find(each => each !== undefined && each !== null);
  // Every pod has a container, so a workload without any is malformed.
  if (!probe) return containers.length > 0 ? null : undefined;
  const handler = handlerOf(probe);
  if (!handler) return undefined;
  return {
    ...handler,
    intervalMs: (countAt(probe, 'periodSeconds') ?? 10) * 1000,
    timeoutMs: (countAt(probe, 'timeoutSeconds') ?? 1) * 1000,
    healthyThreshold: countAt(probe, 'successThreshold') ?? 1,
    unhealthyThreshold: countAt(probe, 'failureThreshold') ?? 3,
  };
}

type Handler = Pick<
  HealthCheckSettings,
  'protocol' | 'path' | 'port' | 'matcher'
>;

function handlerOf(probe: unknown): Handler | undefined {
  const http = fieldAt(probe, 'httpGet');
  if (http) {
    return {
      protocol: textAt(http, 'scheme') === 'HTTPS' ? 'HTTPS' : 'HTTP',
      path: shortenText(textAt(http, 'path') ?? '/'),
      port: portOf(http),
      matcher: '200-399',
    };
  }
  const grpc = fieldAt(probe, 'grpc');
  if (grpc) return { protocol: 'gRPC', port: portOf(grpc) };
  const tcp = fieldAt(probe, 'tcpSocket');
  if (tcp) return { protocol: 'TCP', port: portOf(tcp) };
  return fieldAt(probe, 'exec') ? { protocol: 'command' } : undefined;
}

function portOf(handler: unknown): string | undefined {
  const number = countAt(handler, 'port');
  return number === undefined ? textAt(handler, 'port') : String(number);
}
