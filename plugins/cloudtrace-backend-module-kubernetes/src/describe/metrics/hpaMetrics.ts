import type {
  CodedMessage,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { parseQuantity } from './parseQuantity';
import { fieldAt, listAt, numberAt, shortenName, textAt } from '../fields';

/** A percentage of the requests, a value per pod, or one of the whole. */
type ValueForm = 'averageUtilization' | 'averageValue' | 'value';

/** A metric that drives an autoscaler. */
export interface HpaMetric {
  /** Unique within the autoscaler and stable. */
  key: string;
  /** A message for the common metrics, else the name in the cluster. */
  label: string | CodedMessage;
  target?: number;
  unit?: string;
  /** How the target is given, and therefore the current value. */
  form?: ValueForm;
  /** How the controller's events name the metric (pkg/controller/podautoscaler/horizontal.go). */
  eventName: string;
  /** Whether the event continues after the name, with the metric's selector. */
  hasSelector: boolean;
}

/** Reads `spec.metrics` of autoscaling/v2, with the target of each. */
export function hpaMetrics(hpa: WatchedObject): HpaMetric[] {
  return listAt(hpa, 'spec', 'metrics').flatMap(
    metric => readMetric(metric) ?? [],
  );
}

/**
 * Current values of metrics in `status.currentMetrics`, by the key of the
 * metric. The status is older than an edit of the autoscaler: a value in another
 * form than the target was measured for the target before.
 */
export function currentValues(
  hpa: WatchedObject,
  metrics: readonly HpaMetric[],
): Map<string, number> {
  const current = new Map(
    listAt(hpa, 'status', 'currentMetrics').flatMap(metric => {
      const key = readMetric(metric)?.key;
      return key ? [[key, fieldAt(partOf(metric), 'current')] as const] : [];
    }),
  );
  return new Map(
    metrics.flatMap(({ key, form }) => {
      const value = form && valueIn(current.get(key), form);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const RESOURCE_LABELS: Readonly<Record<string, JudgementCode>> = {
  cpu: 'metric-cpu',
  memory: 'metric-memory',
};

function partOf(metric: unknown): unknown {
  const type = textAt(metric, 'type') ?? '';
  // `ContainerResource` is in the field `containerResource`.
  return fieldAt(metric, type.charAt(0).toLowerCase() + type.slice(1));
}

function readMetric(metric: unknown): HpaMetric | undefined {
  const type = textAt(metric, 'type');
  const part = partOf(metric);
  const name = textAt(part, 'name') ?? textAt(part, 'metric', 'name');
  if (!type || !name) return undefined;
  const target = valueOf(fieldAt(part, 'target'));
  const owner =
    textAt(part, 'container') ?? textAt(part, 'describedObject', 'name') ?? '';
  const selector = wordSelector(fieldAt(part, 'metric', 'selector'));
  return {
    key: shortenName([type, name, owner, selector].filter(Boolean).join('/')),
    label: labelOfMetric(type, `${name}${selector}`),
    target: target?.value,
    unit: target && unitOf(name, target.form),
    form: target?.form,
    eventName: eventName(type, name, part),
    hasSelector: type === 'External',
  };
}

/** As in queries of Prometheus; metrics of the same name may differ only here. */
function wordSelector(selector: unknown): string {
  const labels = fieldAt(selector, 'matchLabels');
  const pairs =
    typeof labels === 'object' && labels !== null
      ? Object.entries(labels).map(([name, value]) => `${name}=${value}`)
      : [];
  const expressions = listAt(selector, 'matchExpressions').map(each => {
    const values = listAt(each, 'values').join(',');
    return [
      textAt(each, 'key'),
      textAt(each, 'operator'),
      values && `(${values})`,
    ]
      .filter(Boolean)
      .join(' ');
  });
  const terms = [...pairs, ...expressions].sort();
  return terms.length > 0 ? `{${terms.join(',')}}` : '';
}

function labelOfMetric(type: string, name: string): string | CodedMessage {
  const isResource = type === 'Resource' || type === 'ContainerResource';
  return isResource && Object.hasOwn(RESOURCE_LABELS, name)
    ? { code: RESOURCE_LABELS[name], values: {} }
    : shortenName(name);
}

const FORMS: readonly ValueForm[] = [
  'averageUtilization',
  'averageValue',
  'value',
];

function valueOf(
  target: unknown,
): { value: number; form: ValueForm } | undefined {
  for (const form of FORMS) {
    const value = valueIn(target, form);
    if (value !== undefined) return { value, form };
  }
  return undefined;
}

function valueIn(value: unknown, form: ValueForm): number | undefined {
  return form === 'averageUtilization'
    ? numberAt(value, form)
    : parseQuantity(fieldAt(value, form));
}

function unitOf(name: string, form: ValueForm): string {
  if (form === 'averageUtilization') return '%';
  if (name === 'cpu') return 'cpu';
  return name === 'memory' ? 'By' : '1';
}

function eventName(type: string, name: string, part: unknown): string {
  const isShare = numberAt(part, 'target', 'averageUtilization') !== undefined;
  switch (type) {
    case 'Resource':
      return isShare
        ? `${name} resource utilization (percentage of request)`
        : `${name} resource`;
    case 'ContainerResource':
      return isShare
        ? `${name} container resource utilization (percentage of request)`
        : `${name} resource`;
    case 'Pods':
      return `pods metric ${name}`;
    case 'Object':
      return `${textAt(part, 'describedObject', 'kind')} metric ${name}`;
    default:
      return `external metric ${name}`;
  }
}
