import * as inspector from '@aws-sdk/client-inspector2';
import * as hub from '@aws-sdk/client-securityhub';
import { callsOf } from './AwsCall';

const inspectorCalls = callsOf('inspector');

/*
 * The operations that pull security findings. They are separate because they
 * are off by default and have their own policy.
 */
export const findingCalls = {
  getFindings: callsOf('securityHub').list<
    hub.GetFindingsCommandInput,
    hub.GetFindingsCommandOutput,
    hub.AwsSecurityFinding
  >(hub.GetFindingsCommand, {
    iamAction: 'securityhub:GetFindings',
    purpose: 'active findings of linked resources',
    tokens: 'NextToken',
    items: output => output.Findings,
  }),
  listFindings: inspectorCalls.list<
    inspector.ListFindingsCommandInput,
    inspector.ListFindingsCommandOutput,
    inspector.Finding
  >(inspector.ListFindingsCommand, {
    iamAction: 'inspector2:ListFindings',
    purpose: 'findings of instances of linked groups',
    tokens: 'nextToken',
    items: output => output.findings,
  }),
  listCoverage: inspectorCalls.list<
    inspector.ListCoverageCommandInput,
    inspector.ListCoverageCommandOutput,
    inspector.CoveredResource
  >(inspector.ListCoverageCommand, {
    iamAction: 'inspector2:ListCoverage',
    purpose: 'which of these instances Inspector scans',
    tokens: 'nextToken',
    items: output => output.coveredResources,
  }),
};
