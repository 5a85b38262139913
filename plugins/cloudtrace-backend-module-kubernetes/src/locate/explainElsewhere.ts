import {
  CLOUDTRACE_ANNOTATIONS,
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import { ENVIRONMENT_LABEL } from '../objects/labels';
import type { WorkloadQuery } from './readAnnotations';

/** Environments that a message lists. */
const MAX_NAMED = 3;

/** The entity's workloads exist, but belong to other environments. */
export function explainElsewhere(
  environment: string,
  { key }: WorkloadQuery,
  shownIn: ReadonlyArray<string | undefined>,
): FleetProblem[] {
  if (shownIn.length === 0) return [];
  const label = ENVIRONMENT_LABEL;
  const ownLabel = `${label}: ${environment}`;
  if (shownIn.includes(undefined)) {
    return [
      {
        code: 'not-linked',
        ...wordTexts({
          message: {
            code: 'kubernetes-environment-unnamed',
            values: { annotation: key, label },
          },
          nextStep: {
            code: 'kubernetes-environment-unnamed-next',
            values: { label: ownLabel },
          },
        }),
      },
    ];
  }
  const named = [...new Set(shownIn)].slice(0, MAX_NAMED).join(', ');
  return [
    {
      code: 'not-linked',
      ...wordTexts({
        message: {
          code: 'kubernetes-environment-other',
          values: { annotation: key, label, environments: named },
        },
        nextStep: {
          code: 'kubernetes-environment-other-next',
          values: {
            label: ownLabel,
            environments: CLOUDTRACE_ANNOTATIONS.environments,
          },
        },
      }),
    },
  ];
}
