import {
  messageOf,
  wordTexts,
  type CodedMessage,
  type FleetProblem,
  type FleetProblemCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { withMessage } from './withMessage';
import type { AwsErrorCode } from './awsErrors';
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
    const permission =
      this.#code === 'access-denied'
        ? deniedAction(this.cause) ?? this.place.iamAction
        : undefined;
    return {
      code: this.#code,
      ...wordTexts({
        message: this.#toMessage(permission),
        nextStep: {
          code: permission?.startsWith('sts:')
            ? ('aws-assume-role-next' as const)
            : (`aws-${this.#code}-next` as const),
          values: {},
        },
      }),
      ...(permission && { missingPermission: permission }),
    };
  }

  #toMessage(permission: string | undefined): CodedMessage {
    const { iamAction, accountId, region } = this.place;
    const values = {
      action: permission ?? iamAction,
      account: accountId,
      region,
    };
    const error = this.#errorName();
    return error &&
      (this.#code === 'invalid-request' || this.#code === 'invalid-response')
      ? { code: `aws-${this.#code}-named`, values: { ...values, error } }
      : { code: `aws-${this.#code}`, values };
  }

  /** AWS's error name, such as ValidationError; never its text. */
  #errorName(): string | undefined {
    const { name } = (this.cause ?? {}) as { name?: unknown };
    return typeof name === 'string' && /^[A-Za-z.]{1,64}$/.test(name)
      ? name
      : undefined;
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
      : withMessage(first, {
          code: 'aws-paused',
          values: {
            action: this.place.iamAction,
            failure: messageOf(first, 'message')!,
          },
        });
  }
}
