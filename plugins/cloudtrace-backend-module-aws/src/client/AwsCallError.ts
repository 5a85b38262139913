import type {
  FleetProblem,
  FleetProblemCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { classifyAwsError, deniedAction } from './classifyAwsError';

/** A call to AWS that failed, with what to tell people about it. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly code: FleetProblemCode;

  constructor(
    readonly iamAction: string,
    readonly accountId: string,
    readonly region: string,
    override readonly cause: unknown,
  ) {
    super(`${iamAction} failed in ${accountId}/${region}`);
    this.code = classifyAwsError(cause);
  }

  /**
   * The failure in our own words: AWS's messages name principals, roles and
   * other resources, which not everybody who sees the problem may know.
   */
  toProblem(): FleetProblem {
    const where = `account ${this.accountId}, region ${this.region}`;
    const permission =
      this.code === 'access-denied'
        ? deniedAction(this.cause) ?? this.iamAction
        : undefined;
    return {
      code: this.code,
      message: this.sentence(where, permission),
      nextStep: nextStepFor(this.code, permission),
      ...(permission && { missingPermission: permission }),
    };
  }

  private sentence(where: string, permission: string | undefined): string {
    switch (this.code) {
      case 'access-denied':
        return `AWS refused ${permission} (${where}).`;
      case 'expired-credentials':
        return `AWS did not accept the credentials (${where}).`;
      case 'throttled':
        return `AWS throttled ${this.iamAction} (${where}).`;
      case 'timeout':
        return `${this.iamAction} did not answer in time (${where}).`;
      case 'unavailable':
        return `${this.iamAction} could not be reached or failed (${where}).`;
      case 'not-found':
        return `${this.iamAction} did not find the resource (${where}).`;
      default:
        return `${
          this.iamAction
        } gave an answer that could not be read${this.errorName()} (${where}).`;
    }
  }

  /** AWS's name of the error, such as ValidationError; never its text. */
  private errorName(): string {
    const { name } = (this.cause ?? {}) as { name?: unknown };
    return typeof name === 'string' && /^[A-Za-z.]{1,64}$/.test(name)
      ? ` (${name})`
      : '';
  }
}

function nextStepFor(
  code: FleetProblemCode,
  permission: string | undefined,
): string {
  switch (code) {
    case 'access-denied':
      return permission?.startsWith('sts:')
        ? `Let the portal's identity assume the role: check the role's trust policy and ExternalId.`
        : `Add ${permission} to the policy of the role that CloudTrace uses in this account.`;
    case 'expired-credentials':
      return `Check the credentials of this account in the portal's configuration and the portal's clock.`;
    case 'throttled':
      return 'Nothing to do if it passes; otherwise lower cloudtrace.aws.limits.concurrency or lengthen the intervals.';
    case 'timeout':
    case 'unavailable':
      return 'Check that the portal reaches the AWS endpoints of this region; CloudTrace goes on trying.';
    case 'not-found':
      return 'Check that the resource still exists and that the annotation names it.';
    default:
      return 'Check for a proxy between the portal and AWS that changes answers.';
  }
}
