import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Reports a setting that is still missing. A synthesis only warns, so that a new repository can be checked; with
 * `-c deploying=true`, it fails before anything is created.
 */
export function requireBeforeDeployment(
  scope: Construct,
  id: string,
  problem: string,
): void {
  const annotations = Annotations.of(scope);
  if (scope.node.tryGetContext('deploying') === 'true') {
    annotations.addError(problem);
  } else {
    annotations.addWarningV2(`tracked-service:${id}`, problem);
  }
}
