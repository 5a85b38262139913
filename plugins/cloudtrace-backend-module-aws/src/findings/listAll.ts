import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import type { AwsRegionApi } from '../client/AwsRegion';

/** A list with more pages than the limit allows. */
export class TruncatedListError extends Error {
  override readonly name = 'TruncatedListError';
  readonly #place: { iamAction: string; accountId: string; region: string };

  constructor(place: { iamAction: string; accountId: string; region: string }) {
    super(`${place.iamAction} has more pages than the limit allows`);
    this.#place = place;
  }

  toProblem(): FleetProblem {
    const { iamAction, accountId, region } = this.#place;
    return {
      code: 'truncated',
      ...wordTexts({
        message: {
          code: 'aws-nothing-stored',
          values: { action: iamAction, account: accountId, region },
        },
        nextStep: { code: 'aws-raise-max-pages', values: {} },
      }),
    };
  }
}

/**
 * Reads a list to its end, because with a part of it the other findings would
 * look fixed. Throws `AwsCallError` or `TruncatedListError`.
 */
export async function listAll<I extends object, O, T>(
  api: AwsRegionApi,
  options: { call: AwsListCall<I, O, T>; input: I; maxPages: number },
): Promise<T[]> {
  const { call, input, maxPages } = options;
  const { items, truncated } = await api.list(call, input, { maxPages });
  if (truncated) {
    const { accountId, region } = api;
    throw new TruncatedListError({
      iamAction: call.iamAction,
      accountId,
      region,
    });
  }
  return items;
}
