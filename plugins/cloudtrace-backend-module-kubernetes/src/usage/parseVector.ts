import { ClusterCallError, unreadable } from '../client/ClusterCallError';
import { fieldAt, listAt, textAt } from '../describe/fields';
import type { PodSeries } from './combineSeries';

/** One series of an instant vector, with the pod that it is about. */
export interface PodSample extends PodSeries {
  namespace: string;
  pod: string;
  /** When Prometheus evaluated the query. */
  at: Date;
}

/**
 * Parses the response to an instant query.
 *
 * @throws ClusterCallError if it is no vector, or no series names a pod
 */
export function parseVector(answer: unknown): PodSample[] {
  if (
    textAt(answer, 'status') !== 'success' ||
    textAt(answer, 'data', 'resultType') !== 'vector'
  ) {
    throw unreadable('prometheus-no-vector');
  }
  const series = listAt(answer, 'data', 'result');
  const ofPods = series.flatMap(item => {
    const labels = fieldAt(item, 'metric');
    const namespace = textAt(labels, 'namespace');
    const pod = textAt(labels, 'pod');
    return namespace && pod ? [{ item, labels, namespace, pod }] : [];
  });
  if (series.length > 0 && ofPods.length === 0) {
    throw new ClusterCallError('prometheus-no-labels', {
      code: 'invalid-response',
      nextStep: 'prometheus-no-labels-next',
    });
  }
  return ofPods.flatMap(({ item, labels, namespace, pod }) => {
    const [seconds, text] = listAt(item, 'value');
    const at = new Date(Number(seconds) * 1000);
    // A query that divides by 0 results in the text NaN or +Inf.
    const number = typeof text === 'string' && text !== '' ? Number(text) : NaN;
    const value = number >= 0 && Number.isFinite(number) ? number : undefined;
    return Number.isNaN(at.getTime())
      ? []
      : [{ labels: labels as PodSample['labels'], namespace, pod, at, value }];
  });
}
