import { shortenName, shortenText } from '../fields';
import type { Occurrence } from '../readOccurrences';
import type { Trouble } from './Trouble';

/**
 * `Readiness probe failed: HTTP probe failed with statuscode: 503`, or
 * `… probe errored and resulted in failure state: …`
 * (pkg/kubelet/prober/prober.go).
 */
const PROBE = /^(Readiness|Liveness|Startup) probe (?:failed|errored[^:]*):\s*/;
/** `spec.containers{app}` (pkg/kubelet/container/ref.go). */
const CONTAINER = /\{([^}]{1,253})\}$/;

/** The last answer of a failing probe of a pod. */
export interface FailedProbe extends Trouble {
  probe: 'Readiness' | 'Liveness' | 'Startup';
  at: Date;
}

/**
 * Finds the last failed probe of a pod since a time.
 *
 * @param occurrences - Those about the pod, ascending
 */
export function failedProbe(
  occurrences: readonly Occurrence[],
  since: Date,
): FailedProbe | undefined {
  const failed = occurrences.filter(
    ({ reason, message, at }) =>
      reason === 'Unhealthy' && at >= since && PROBE.test(message),
  );
  const last = failed.at(-1);
  if (!last) return undefined;
  const probe = PROBE.exec(last.message)![1] as FailedProbe['probe'];
  return {
    probe,
    at: last.at,
    code: `Pod.${probe}ProbeFailed`,
    detail: detailOf(last),
  };
}

function detailOf({ message, fieldPath = '' }: Occurrence): string {
  const container = CONTAINER.exec(fieldPath)?.[1];
  const answer = message.replace(PROBE, '');
  return shortenText(
    container ? `${shortenName(container)}: ${answer}` : answer,
  );
}
