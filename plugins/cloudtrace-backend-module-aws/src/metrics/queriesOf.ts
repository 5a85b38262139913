import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import { METRIC_CATALOGUE } from './catalogue';
import { dimensionsOf, type ResourceDimensions } from './dimensionsOf';
import type { MetricDefinition } from '../config/MetricDefinition';
import type { KnownAlarm } from '../region/KnownAlarm';
import { policySeriesId } from './policySeriesId';
import type { PolicyWithSteps } from '../region/PolicyWithSteps';

/** One series to read: a definition with its dimensions filled in. */
export interface MetricQuery {
  resource: FleetResource;
  definition: MetricDefinition;
  dimensions: Record<string, string>;
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** All series of one resource: the catalogue's, custom ones and those that drive its policies. */
export function queriesOf(
  resource: FleetResource,
  context: {
    loadBalancerArn?: string;
    custom: MetricDefinition[];
    policies: PolicyWithSteps[];
    alarms: ReadonlyMap<string, KnownAlarm>;
  },
): MetricQuery[] {
  const values = dimensionsOf(resource, context.loadBalancerArn);
  const queries: MetricQuery[] = [];
  const elb = values.namespace;
  for (const definition of [...METRIC_CATALOGUE, ...context.custom]) {
    if (definition.resourceType !== resource.type) continue;
    if (isBalancerNamespace(definition) && definition.namespace !== elb) {
      continue;
    }
    const dimensions = fill(definition.dimensions, values);
    if (dimensions) queries.push({ resource, definition, dimensions });
  }
  for (const { policy } of context.policies) {
    const alarm = context.alarms.get(policy.alarmNames?.[0] ?? '');
    if (policy.metricSeriesId || !alarm?.namespace || !alarm.metricName) {
      continue;
    }
    queries.push({
      resource,
      dimensions: alarm.dimensions,
      definition: {
        seriesId: policySeriesId(policy.name),
        resourceType: resource.type,
        label: policy.metricName ?? alarm.metricName,
        ...(policy.coded?.metricName && {
          coded: { label: policy.coded.metricName },
        }),
        unit: alarm.unit ?? policy.unit ?? '1',
        namespace: alarm.namespace,
        metricName: alarm.metricName,
        statistic: alarm.statistic ?? 'Average',
        dimensions: alarm.dimensions,
        periodMs: Math.max(alarm.periodMs ?? 60_000, 60_000),
      },
    });
  }
  return queries;
}

/** The namespaces of load balancer types; each has the same metrics. */
function isBalancerNamespace({ namespace }: MetricDefinition): boolean {
  return /^AWS\/\w+ELB$/.test(namespace);
}

function fill(
  dimensions: Record<string, string>,
  values: ResourceDimensions,
): Record<string, string> | undefined {
  let complete = true;
  const filled = Object.entries(dimensions).map(([name, template]) => [
    name,
    template.replace(PLACEHOLDER, (_, key: string) => {
      const value = values[key as keyof ResourceDimensions];
      if (value === undefined) complete = false;
      return value ?? '';
    }),
  ]);
  return complete ? Object.fromEntries(filled) : undefined;
}
