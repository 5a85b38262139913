import type { CodedMessage } from './wordJudgement';

/** Names a failover by what failed over. @public */
export function failoverTitle(subject: {
  kind: 'instance' | 'zone' | 'database' | 'all-targets';
  label: string;
}): CodedMessage {
  const { kind, label } = subject;
  return kind === 'all-targets'
    ? { code: 'failover-of-all', values: {} }
    : { code: `failover-of-${kind}`, values: { label } };
}
