import {
  wordTexts,
  type FleetProblem,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedKind, WorkloadObjects } from '../../objects/types';
import { nameOf } from '../fields';
import { isFromKeda } from '../scaling/limitsOf';
import { watchedKindsOf } from '../scaling/workloadKind';

/** What is unknown without a kind. */
const PARTS: ReadonlyArray<[WatchedKind, JudgementCode]> = [
  ['pods', 'workload-parts-pods'],
  ['nodes', 'workload-parts-zones'],
  ['services', 'workload-parts-traffic'],
  ['endpointslices', 'workload-parts-traffic'],
  ['horizontalpodautoscalers', 'workload-parts-limits'],
  ['events', 'workload-parts-events'],
];

/** One problem for each kind that cannot be read, naming what is unknown without it. */
export function unreadableKinds(objects: WorkloadObjects): FleetProblem[] {
  const { freshAt, cluster, workload } = objects;
  const name = nameOf(workload) ?? '';
  return neededKinds(objects)
    .filter(([kind]) => !freshAt[kind])
    .map(([kind, parts]) => ({
      code: 'unavailable',
      ...wordTexts({
        message: {
          code: 'workload-kind-unreadable',
          values: { kind, cluster, name, parts: { code: parts, values: {} } },
        },
        nextStep: { code: 'workload-kind-unreadable-next', values: { kind } },
      }),
    }));
}

function neededKinds({
  workload,
  hpa,
}: WorkloadObjects): Array<[WatchedKind, JudgementCode]> {
  const revisions = watchedKindsOf(workload)?.revisions;
  return [
    ...PARTS,
    ...(revisions
      ? [[revisions, 'workload-parts-rollouts'] as [WatchedKind, JudgementCode]]
      : []),
    // A cluster without KEDA has no ScaledObjects to read.
    ...(hpa && isFromKeda(hpa)
      ? [
          ['scaledobjects', 'workload-parts-limits'] as [
            WatchedKind,
            JudgementCode,
          ],
        ]
      : []),
  ];
}
