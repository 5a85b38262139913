import type {
  FindingRollupGroup,
  FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import { SEVERITIES } from '../security/severityColors';

const URGENCY = ['critical', 'warning', 'ok', 'no-data'] as const;

/** Services of several owners, each once, worst first. */
export function mergeServices(
  lists: ReadonlyArray<readonly FleetService[]>,
): FleetService[] {
  const services = once(lists.flat(), each => each.entityRef);
  return services.sort(
    (a, b) => URGENCY.indexOf(a.severity) - URGENCY.indexOf(b.severity),
  );
}

/** Services of several owners that have open findings, each once, worst first. */
export function mergeFindings(
  lists: ReadonlyArray<readonly FindingRollupGroup[]>,
): FindingRollupGroup[] {
  return once(lists.flat(), ({ key }) => key)
    .filter(({ open }) => SEVERITIES.some(severity => open[severity] > 0))
    .sort((a, b) => {
      const worst = SEVERITIES.find(each => a.open[each] !== b.open[each]);
      return worst ? b.open[worst] - a.open[worst] : 0;
    });
}

function once<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()];
}
