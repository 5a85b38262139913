import type { AwsCall } from './AwsCall';
import { awsCalls } from './awsCalls';
import { findingCalls } from './findingCalls';

/** A policy document in IAM's format. */
export interface IamPolicy {
  Version: '2012-10-17';
  Statement: Array<{
    Sid: string;
    Effect: 'Allow';
    Action: string[];
    Resource: '*';
  }>;
}

/**
 * The smallest policy with which the module works.
 *
 * @remarks The resource is `*`: Auto Scaling, Elastic Load Balancing and EC2 do
 * not support resources for their Describe operations, and batched calls to the
 * other services cover many resources at once. Every action only reads, and
 * none reads data that a service stores.
 */
export function makeIamPolicy(): IamPolicy {
  return policyFor('CloudTraceRead', Object.values(awsCalls));
}

/** The additional actions for pulling security findings. */
export function makeFindingsPolicy(): IamPolicy {
  return policyFor('CloudTraceReadFindings', Object.values(findingCalls));
}

function policyFor(
  sid: string,
  calls: ReadonlyArray<Pick<AwsCall<object, unknown>, 'iamAction'>>,
): IamPolicy {
  const actions = calls.map(call => call.iamAction);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Allow',
        Action: [...new Set(actions)].sort(),
        Resource: '*',
      },
    ],
  };
}
