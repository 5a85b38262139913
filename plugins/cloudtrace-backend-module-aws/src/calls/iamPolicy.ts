import type { AwsCall } from './AwsCall';
import { awsCalls } from './awsCalls';
import { findingCalls } from './findingCalls';

/** A policy document as IAM takes it. */
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
 * The smallest policy that lets the module work.
 *
 * @remarks
 * The resource is `*` because these operations list: Auto Scaling, Elastic Load
 * Balancing and EC2 know no resource for their Describe operations, and
 * batched calls to the others cover many resources at once. Every action only
 * reads, and none reads data that a service stores.
 */
export function makeIamPolicy(): IamPolicy {
  return policyFor('CloudTraceRead', Object.values(awsCalls));
}

/** What the module needs besides, where security findings are pulled. */
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
