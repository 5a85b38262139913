import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges a finding of cdk-nag on a construct, with the reason why it stays. The prefix makes the finding appear in the
 * validation report as suppressed; without it, it would only be silent.
 */
export function acknowledge(
  construct: IConstruct,
  findings: Readonly<Record<string, string>>,
): void {
  for (const [id, reason] of Object.entries(findings)) {
    Validations.of(construct).acknowledge({
      id: `AwsSolutions::AwsSolutions-${id}`,
      reason,
    });
  }
}
