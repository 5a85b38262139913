import type { FleetState, LocalServiceState } from '../protocol/types';

/** The fleet's state as text for a terminal. */
export function formatState(state: FleetState, now: Date): string {
  const zones = state.zones
    .map(zone => `${zone.name} ${zone.running ? 'running' : 'STOPPED'}`)
    .join(', ');
  return [
    `Local fleet, process ${state.launcherPid}, up ${age(
      state.startedAt,
      now,
    )}, portal ${state.portalUrl}`,
    `Zones      ${zones}`,
    `Database   ${state.database.servers
      .map(
        server =>
          `${server.role} in ${server.zone} ${server.state} (port ${server.port})`,
      )
      .join(', ')}; endpoint 127.0.0.1:${state.database.endpointPort}`,
    ...state.services.map(service => formatService(service, now)),
  ].join('\n');
}

function formatService(service: LocalServiceState, now: Date): string {
  const { definition, group, load } = service;
  const { capacity } = group;
  const lines = [
    '',
    `${definition.name}  ${service.status}${
      service.statusMessage ? `: ${service.statusMessage}` : ''
    }`,
    `  ${definition.entityRef}, environment ${definition.environment}`,
  ];
  if (service.instances.length === 0) return lines.join('\n');
  const alarms = service.alarms
    .filter(alarm => alarm.state === 'alarm')
    .map(alarm => `${alarm.name} (${alarm.reason})`);
  return [
    ...lines,
    `  Capacity   ${capacity.inService} in service, ${capacity.desired} desired, ${capacity.min} to ${capacity.max}`,
    `  Load       ${formatLoad(service)}, ${load.errorsPerSecond.toFixed(
      1,
    )}/s server errors, ${load.outstanding} outstanding`,
    `  Alarms     ${alarms.length ? alarms.join(', ') : 'none'}`,
    indent(
      table(
        ['INSTANCE', 'ZONE', 'STATE', 'TARGET', 'SINCE', 'CPU', 'PORT', 'PID'],
        service.instances.map(instance => {
          const target = service.targets.find(
            ({ instanceId }) => instanceId === instance.instanceId,
          );
          return [
            instance.instanceId,
            instance.zone ?? '',
            instance.state,
            target
              ? `${target.state}${target.reason ? `: ${target.reason}` : ''}`
              : '-',
            target?.since ? age(target.since, now) : '-',
            instance.cpuPercent === undefined
              ? '-'
              : `${instance.cpuPercent.toFixed(0)} %`,
            String(instance.port ?? '-'),
            String(instance.pid ?? '-'),
          ];
        }),
      ),
    ),
  ].join('\n');
}

function formatLoad({ load, loadTarget }: LocalServiceState): string {
  const rate = `${load.requestsPerSecond.toFixed(1)}/s`;
  if (!loadTarget) return rate;
  const { amount, unit } = loadTarget;
  return unit === 'visitors'
    ? `${rate} by ${load.visitors ?? 0} visitors, at most ${amount}`
    : `${rate} of ${amount}/s target`;
}

/** Columns as wide as their widest cell. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length)),
  );
  return [head, ...rows]
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function age(since: string, now: Date): string {
  const seconds = Math.max(
    0,
    Math.round((now.getTime() - new Date(since).getTime()) / 1000),
  );
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
