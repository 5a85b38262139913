import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';

/** Reports that a list was longer than the module reads. */
export function truncatedProblem(
  iamAction: string,
  where: { accountId: string; region: string },
): FleetProblem {
  return {
    code: 'truncated',
    message: `${iamAction} has more entries than were read (account ${where.accountId}, region ${where.region}); the rest is missing here.`,
    nextStep: 'Raise cloudtrace.aws.limits.maxPages.',
  };
}
