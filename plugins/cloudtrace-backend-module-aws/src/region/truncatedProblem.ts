import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Reports that a list was longer than the module reads. */
export function truncatedProblem(
  iamAction: string,
  where: { accountId: string; region: string },
): FleetProblem {
  return {
    code: 'truncated',
    ...wordTexts({
      message: {
        code: 'aws-truncated',
        values: {
          action: iamAction,
          account: where.accountId,
          region: where.region,
        },
      },
      nextStep: { code: 'aws-raise-max-pages', values: {} },
    }),
  };
}
