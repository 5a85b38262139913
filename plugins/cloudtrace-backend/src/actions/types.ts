import type {
  ActionsRegistryActionContext,
  ActionsRegistryActionOptions,
  ActionsRegistryService,
} from '@backstage/backend-plugin-api/alpha';
import type {
  Diagnostics,
  FailoverPage,
  FindingPage,
  FindingRollupPage,
  FindingSummary,
  GetDiagnosticsQuery,
  GetFindingRollupQuery,
  GetFindingSummaryQuery,
  GetLoadDistributionQuery,
  GetOverviewQuery,
  GetScalingQuery,
  GetTimelineQuery,
  ListFailoversQuery,
  ListFindingsQuery,
  ListRequestsQuery,
  ListScalingActivitiesQuery,
  LoadDistribution,
  Overview,
  RequestPage,
  Scaling,
  ScalingActivityPage,
  Timeline,
} from '@cloudtrace/plugin-cloudtrace-common';

/** The version of zod that the actions registry passes to schemas. */
export type Zod = Parameters<
  ActionsRegistryActionOptions<any, any>['schema']['input']
>[0];

/** Who calls an action. */
export type ActionCall = Pick<ActionsRegistryActionContext<any>, 'credentials'>;

/** The operations of the HTTP API that actions call, with query and answer. */
export interface Reads {
  getOverview: [GetOverviewQuery, Overview];
  getLoadDistribution: [GetLoadDistributionQuery, LoadDistribution];
  listRequests: [ListRequestsQuery, RequestPage];
  getTimeline: [GetTimelineQuery, Timeline];
  getScaling: [GetScalingQuery, Scaling];
  listScalingActivities: [ListScalingActivitiesQuery, ScalingActivityPage];
  listFailovers: [ListFailoversQuery, FailoverPage];
  listFindings: [ListFindingsQuery, FindingPage];
  getFindingSummary: [GetFindingSummaryQuery, FindingSummary];
  getFindingRollup: [GetFindingRollupQuery, FindingRollupPage];
  getDiagnostics: [GetDiagnosticsQuery, Diagnostics];
}

/**
 * Calls an operation of the HTTP API as the caller of the action.
 *
 * @throws `InputError` for invalid input, `NotFoundError` for an entity that is
 * missing or that the caller may not read
 */
export type Read = <Id extends keyof Reads>(
  operationId: Id,
  query: Reads[Id][0],
  /** Of one entity; absent for an operation over all entities. */
  entityRef?: string,
) => Promise<Reads[Id][1]>;

/** What all actions have in common: they only read. */
export const READ_ONLY = {
  readOnly: true,
  idempotent: true,
  destructive: false,
} as const;

/** What an action needs: where to register itself, and how to read as its caller. */
export interface ActionDeps {
  registry: ActionsRegistryService;
  readAs(action: string, call: ActionCall): Read;
}
