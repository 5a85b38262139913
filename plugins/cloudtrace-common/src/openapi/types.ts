// Generated from cloudtrace-backend/src/schema/openapi.yaml by `yarn generate:api`. Do not edit.

import type { components, operations } from './schema';

/** @public */
export type ErrorBody = components['schemas']['ErrorBody'];

/** @public */
export type EnvironmentName = components['schemas']['EnvironmentName'];

/** 32 hexadecimal digits. @public */
export type TraceId = components['schemas']['TraceId'];

/** 16 hexadecimal digits. @public */
export type SpanId = components['schemas']['SpanId'];

/** @public */
export type EntityEnvironment = components['schemas']['EntityEnvironment'];

/** @public */
export type EnvironmentList = components['schemas']['EnvironmentList'];

/** @public */
export type LoadGroupBy = components['schemas']['LoadGroupBy'];

/** Absent values mean that there were no requests. @public */
export type LatencyMs = components['schemas']['LatencyMs'];

/** @public */
export type LoadTotals = components['schemas']['LoadTotals'];

/** @public */
export type LoadPoint = components['schemas']['LoadPoint'];

/** Something about a group that deserves attention, with the figures behind it. @public */
export type LoadFlag = components['schemas']['LoadFlag'];

/** @public */
export type LoadGroup = components['schemas']['LoadGroup'];

/** How evenly the load is spread over the groups. @public */
export type LoadBalance = components['schemas']['LoadBalance'];

/** @public */
export type LoadShare = components['schemas']['LoadShare'];

/** @public */
export type LoadDistribution = components['schemas']['LoadDistribution'];

/** @public */
export type RequestRecord = components['schemas']['RequestRecord'];

/** @public */
export type RequestPage = components['schemas']['RequestPage'];

/** @public */
export type FacetValue = components['schemas']['FacetValue'];

/** @public */
export type DurationBucket = components['schemas']['DurationBucket'];

/** @public */
export type RequestFacets = components['schemas']['RequestFacets'];

/** @public */
export type RequestDetails = components['schemas']['RequestDetails'];

/** @public */
export type ExternalLink = components['schemas']['ExternalLink'];

/** @public */
export type TokenId = components['schemas']['TokenId'];

/** @public */
export type TokenKind = components['schemas']['TokenKind'];

/** @public */
export type IngestToken = components['schemas']['IngestToken'];

/** @public */
export type IngestTokenList = components['schemas']['IngestTokenList'];

/** @public */
export type CreateTokenRequest = components['schemas']['CreateTokenRequest'];

/** @public */
export type CreatedToken = components['schemas']['CreatedToken'];

/** @public */
export type DiagnosticsProblem = components['schemas']['DiagnosticsProblem'];

/** @public */
export type DiagnosticsFigure = components['schemas']['DiagnosticsFigure'];

/** @public */
export type DiagnosticsResource = components['schemas']['DiagnosticsResource'];

/** @public */
export type DiagnosticsSource = components['schemas']['DiagnosticsSource'];

/** @public */
export type Diagnostics = components['schemas']['Diagnostics'];

/** Query parameters of `getLoadDistribution`. @public */
export type GetLoadDistributionQuery = NonNullable<
  operations['getLoadDistribution']['parameters']['query']
>;

/** Query parameters of `listRequests`. @public */
export type ListRequestsQuery = NonNullable<
  operations['listRequests']['parameters']['query']
>;

/** Query parameters of `getRequestFacets`. @public */
export type GetRequestFacetsQuery = NonNullable<
  operations['getRequestFacets']['parameters']['query']
>;

/** Query parameters of `getRequest`. @public */
export type GetRequestQuery = NonNullable<
  operations['getRequest']['parameters']['query']
>;

/** Query parameters of `listTokens`. @public */
export type ListTokensQuery = NonNullable<
  operations['listTokens']['parameters']['query']
>;

/** Query parameters of `getDiagnostics`. @public */
export type GetDiagnosticsQuery = NonNullable<
  operations['getDiagnostics']['parameters']['query']
>;
