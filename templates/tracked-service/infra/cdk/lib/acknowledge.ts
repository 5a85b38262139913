import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges a cdk-nag finding on a construct, with the reason. With the prefix, the validation report lists the
 * finding as suppressed; without it, the finding would just disappear.
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
