import {
  wordTexts,
  type FleetMetricSeries,
  type FleetProblem,
  type FleetReport,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetHistory, FleetState } from '../protocol/types';
import {
  databaseResource,
  groupResource,
  targetGroupResource,
} from './resources';
import { toFleetTarget } from './toFleetTarget';

/**
 * Series that describe the traffic and so belong to the targets; the others
 * belong to the group.
 */
const trafficSeries = new Set([
  'request-rate',
  'error-rate',
  'response-time-p95',
  'healthy-targets',
]);

/** Converts the launcher's response about one resource to the fleet model. */
export function toReport(
  resource: FleetResource,
  state: FleetState,
  history: FleetHistory,
): FleetReport {
  const { observedAt } = state;
  if (resource.id === databaseResource.id) {
    return {
      resource,
      observedAt,
      databaseEvents: history.database.events,
      metrics: history.database.metrics,
      instances: state.database.servers.map(server => ({
        instanceId: server.name,
        zone: server.zone,
        state: server.state === 'running' ? 'in-service' : 'unknown',
        vendorState: `${server.role}, ${server.state}`,
        instanceType: 'local PostgreSQL server',
      })),
      problems: [],
    };
  }
  const service = state.services.find(({ definition }) =>
    [
      groupResource(definition.name).id,
      targetGroupResource(definition.name).id,
    ].includes(resource.id),
  );
  if (!service) {
    return {
      resource,
      observedAt,
      problems: [
        {
          code: 'not-found',
          ...wordTexts({
            message: {
              code: 'local-not-found',
              values: { name: resource.name },
            },
            nextStep: { code: 'local-not-found-next', values: {} },
          }),
          resourceId: resource.id,
        },
      ],
    };
  }
  const past = history.services[service.definition.name];
  const problems: FleetProblem[] =
    service.status === 'failed' || service.status === 'waiting-for-portal'
      ? [
          {
            code: 'unavailable',
            ...wordTexts({
              message: {
                code: 'local-not-running',
                values: {
                  name: service.definition.name,
                  status: service.statusMessage ?? service.status,
                },
              },
              nextStep: {
                code: 'local-not-running-next',
                values: { name: service.definition.name },
              },
            }),
            resourceId: resource.id,
          },
        ]
      : [];
  if (resource.type === 'target-group') {
    return {
      resource: {
        ...resource,
        ...(service.url && { consoleUrl: service.url }),
      },
      observedAt,
      targets: service.targets.map(toFleetTarget),
      healthCheck: service.healthCheck,
      metrics: select(past?.metrics, series => trafficSeries.has(series)),
      problems,
    };
  }
  return {
    resource,
    observedAt,
    group: service.group,
    instances: service.instances.map(
      ({ port: _port, pid: _pid, cpuPercent: _cpu, ...instance }) => instance,
    ),
    activities: past?.activities ?? [],
    alarms: service.alarms,
    alarmTransitions: past?.alarmTransitions ?? [],
    metrics: select(past?.metrics, series => !trafficSeries.has(series)),
    problems,
  };
}

function select(
  metrics: FleetMetricSeries[] | undefined,
  wanted: (seriesId: string) => boolean,
): FleetMetricSeries[] {
  return (metrics ?? []).filter(({ seriesId }) => wanted(seriesId));
}
