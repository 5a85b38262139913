import type { HealingReport } from './types.js';

/** Before, after, who and what of a report, as one short text. */
export function describeReport(report: HealingReport): string {
  const { found, declared, actor, action } = report;
  return [
    report.reason,
    found && `Found: ${found}`,
    declared && `Declared: ${declared}`,
    `Changed by: ${actor}`,
    `${report.status === 'succeeded' ? 'Done' : 'Not done'}: ${action}`,
  ]
    .filter(Boolean)
    .map(sentence => `${sentence}.`)
    .join(' ');
}
