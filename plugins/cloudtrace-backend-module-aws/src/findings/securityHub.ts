import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { findingCalls } from '../calls/findingCalls';
import { chunk } from '../region/chunk';
import type { FindingsService, ResourceFinding } from './FindingsService';
import { listAll } from './listAll';

/** The largest number of values in one filter. */
const IDS_PER_CALL = 20;

/** AWS Security Hub: active findings, including suppressed ones. */
export const securityHub: FindingsService = {
  id: 'securityhub',
  title: 'AWS Security Hub',
  format: 'asff',
  nextSteps: {
    'not-enabled': 'aws-enable-security-hub',
  },
  idsOf: ({ arns, instances }) => [...arns, ...instances.map(({ arn }) => arn)],
  async read(api, ids, maxPages) {
    const pages = [];
    for (const batch of chunk(ids, IDS_PER_CALL)) {
      const input = {
        MaxResults: 100,
        Filters: {
          RecordState: [{ Comparison: 'EQUALS' as const, Value: 'ACTIVE' }],
          ResourceId: batch.map(Value => ({
            Comparison: 'EQUALS' as const,
            Value,
          })),
        },
      };
      pages.push(
        await listAll(api, { call: findingCalls.getFindings, input, maxPages }),
      );
    }
    // A finding about resources of several batches appears more than once.
    const byId = new Map(pages.flat().map(finding => [finding.Id, finding]));
    return {
      findings: [...byId.values()].map(toResourceFinding),
      unchecked: new Set(),
    };
  },
  documentOf: Findings => ({ Findings }),
};

function toResourceFinding(finding: AwsSecurityFinding): ResourceFinding {
  const resources = finding.Resources ?? [];
  return {
    resourceIds: resources.map(({ Id }) => Id ?? ''),
    narrowTo: isOwn => ({
      ...finding,
      Resources: resources.filter(({ Id }) => isOwn(Id ?? '')),
    }),
  };
}
