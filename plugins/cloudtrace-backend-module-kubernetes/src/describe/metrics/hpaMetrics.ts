import type {
  CodedMessage,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { parseQuantity } from './parseQuantity';
import { fieldAt, listAt, numberAt, shortenName, textAt } from '../fields';

/** A metric that drives an autoscaler. */
export interface HpaMetric {
  /** Unique within the autoscaler and stable. */
  key: string;
  /** A message for the common metrics, else the name in the cluster. */
  label: string | CodedMessage;
  target?: number;
  unit?: string;
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

/** Current values of `status.currentMetrics`, by the key of the metric. */
export function currentValues(hpa: WatchedObject): Map<string, number> {
  return new Map(
    listAt(hpa, 'status', 'currentMetrics').flatMap(metric => {
      const key = readMetric(metric)?.key;
      const value = valueOf(fieldAt(partOf(metric), 'current'));
      return key && value ? [[key, value.value] as const] : [];
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
  return {
    key: shortenName([type, name, owner].filter(Boolean).join('/')),
    label: labelOfMetric(type, name),
    target: target?.value,
    unit: target ? unitOf(name, target.isShare) : undefined,
    eventName: eventName(type, name, part),
    hasSelector: type === 'External',
  };
}

function labelOfMetric(type: string, name: string): string | CodedMessage {
  const isResource = type === 'Resource' || type === 'ContainerResource';
  return isResource && Object.hasOwn(RESOURCE_LABELS, name)
    ? { code: RESOURCE_LABELS[name], values: {} }
    : shortenName(name);
}

/** A utilisation, average or total, of a target or of a current value. */
function valueOf(
  value: unknown,
): { value: number; isShare: boolean } | undefined {
  const share = numberAt(value, 'averageUtilization');
  if (share !== undefined) return { value: share, isShare: true };
  const quantity = parseQuantity(
    fieldAt(value, 'averageValue') ?? fieldAt(value, 'value'),
  );
  return quantity === undefined
    ? undefined
    : { value: quantity, isShare: false };
}

function unitOf(name: string, isShare: boolean): string {
  if (isShare) return '%';
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
