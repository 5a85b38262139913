import type { Finding } from '@aws-sdk/client-inspector2';
import { findingCalls } from '../calls/findingCalls';
import type { AwsRegionApi } from '../client/AwsRegion';
import { chunk } from '../region/chunk';
import type { FindingsService, ResourceFinding } from './FindingsService';
import { listAll } from './listAll';

/** The largest number of values in one filter. */
const IDS_PER_CALL = 10;

const equals = (value: string) => ({ comparison: 'EQUALS' as const, value });

/**
 * Amazon Inspector: open findings of EC2 instances, including suppressed ones.
 * If Inspector does not scan an instance, the absence of findings says nothing.
 */
export const inspector: FindingsService = {
  id: 'inspector',
  title: 'Amazon Inspector',
  format: 'inspector',
  nextSteps: {
    'access-denied': 'aws-inspector-denied-next',
    'not-enabled': 'aws-enable-inspector',
  },
  idsOf: ({ instances }) => instances.map(({ id }) => id),
  async read(api, ids, maxPages) {
    const findings = [];
    const unchecked = new Set(ids);
    for (const batch of chunk(ids, IDS_PER_CALL)) {
      for (const id of await listScanned(api, batch, maxPages)) {
        unchecked.delete(id);
      }
      const input = {
        maxResults: 100,
        filterCriteria: {
          findingStatus: ['ACTIVE', 'SUPPRESSED'].map(equals),
          resourceId: batch.map(equals),
        },
      };
      findings.push(
        ...(await listAll(api, {
          call: findingCalls.listFindings,
          input,
          maxPages,
        })),
      );
    }
    return { findings: findings.map(toResourceFinding), unchecked };
  },
  documentOf: findings => ({ findings }),
};

/** Instances whose packages Inspector scans. */
async function listScanned(
  api: AwsRegionApi,
  ids: readonly string[],
  maxPages: number,
): Promise<string[]> {
  const covered = await listAll(api, {
    call: findingCalls.listCoverage,
    input: {
      maxResults: 100,
      filterCriteria: { resourceId: ids.map(equals) },
    },
    maxPages,
  });
  return covered
    .filter(
      ({ scanType, scanStatus }) =>
        scanType === 'PACKAGE' && scanStatus?.statusCode === 'ACTIVE',
    )
    .map(({ resourceId }) => resourceId ?? '');
}

function toResourceFinding(finding: Finding): ResourceFinding {
  const resources = finding.resources ?? [];
  return {
    resourceIds: resources.map(({ id }) => id ?? ''),
    narrowTo: isOwn => ({
      ...finding,
      resources: resources.filter(({ id }) => isOwn(id ?? '')),
    }),
  };
}
