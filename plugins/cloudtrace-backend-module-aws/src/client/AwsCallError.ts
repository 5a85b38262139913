import type {
  FleetProblem,
  FleetProblemCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { AWS_ERROR_CLASSES, type AwsErrorCode } from './awsErrors';
import { classifyAwsError, deniedAction } from './classifyAwsError';

/** A call in terms that an operator recognizes. */
export interface AwsCallPlace {
  iamAction: string;
  accountId: string;
  region: string;
}

/** A call to AWS that failed, with a message for users. */
export class AwsCallError extends Error {
  override readonly name: string = 'AwsCallError';
  readonly place: AwsCallPlace;
  override readonly cause: unknown;
  readonly #code: AwsErrorCode;

  constructor(place: AwsCallPlace, cause: unknown) {
    super(`${place.iamAction} failed in ${place.accountId}/${place.region}`);
    this.place = place;
    this.cause = cause;
    this.#code = classifyAwsError(cause);
  }

  get code(): FleetProblemCode {
    return this.#code;
  }

  /**
   * The failure in CloudTrace's own words: AWS's messages contain principals,
   * roles and other resources, which not everyone who sees the problem may
   * know.
   */
  toProblem(): FleetProblem {
    const { says, nextStep } = AWS_ERROR_CLASSES[this.#code];
    const { iamAction, accountId, region } = this.place;
    const permission =
      this.#code === 'access-denied'
        ? deniedAction(this.cause) ?? iamAction
        : undefined;
    return {
      code: this.#code,
      message: `${
        permission ?? iamAction
      } ${says}${this.#errorName()} (account ${accountId}, region ${region}).`,
      nextStep: permission?.startsWith('sts:')
        ? "Let the portal's identity assume the role: check the role's trust policy and ExternalId."
        : nextStep,
      ...(permission && { missingPermission: permission }),
    };
  }

  /** AWS's error name, such as ValidationError, if the class does not imply it; never its text. */
  #errorName(): string {
    const { name } = (this.cause ?? {}) as { name?: unknown };
    const tells =
      this.#code === 'invalid-request' || this.#code === 'invalid-response';
    return tells && typeof name === 'string' && /^[A-Za-z.]{1,64}$/.test(name)
      ? ` (${name})`
      : '';
  }
}

/** A paused call: calls like it kept failing. */
export class PausedCallError extends AwsCallError {
  override readonly name = 'PausedCallError';

  constructor(
    place: AwsCallPlace,
    /** The failure that caused the pause. */
    readonly first: AwsCallError,
  ) {
    super(place, first.cause);
  }

  override toProblem(): FleetProblem {
    const first = this.first.toProblem();
    return this.place.iamAction === this.first.place.iamAction
      ? first
      : {
          ...first,
          message: `${this.place.iamAction} is paused because of an earlier failure: ${first.message}`,
        };
  }
}
