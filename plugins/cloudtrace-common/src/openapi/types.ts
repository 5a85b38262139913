// Generated from cloudtrace-backend/src/schema/openapi.yaml by `yarn generate:api`. Do not edit.

import type { components, operations, paths } from './schema';

/** Every path of the HTTP API with its parameters and responses, for a typed client such as openapi-fetch. @public */
export type CloudtracePaths = paths;

/** @public */
export type ErrorBody = components['schemas']['ErrorBody'];

/** @public */
export type EnvironmentName = components['schemas']['EnvironmentName'];

/** Kind of an entity; letters and digits that start with a letter. @public */
export type EntityKind = components['schemas']['EntityKind'];

/** Namespace or name of an entity; no spaces, control characters or any of `/`, `:`, `?`, `#`, `%`, `\`. @public */
export type EntityNamePart = components['schemas']['EntityNamePart'];

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

/** Values are absent if there were no requests. @public */
export type LatencyMs = components['schemas']['LatencyMs'];

/** @public */
export type LoadTotals = components['schemas']['LoadTotals'];

/** @public */
export type LoadPoint = components['schemas']['LoadPoint'];

/** Something notable about a group, with the figures behind it. @public */
export type LoadFlag = components['schemas']['LoadFlag'];

/** @public */
export type LoadGroup = components['schemas']['LoadGroup'];

/** How evenly load spreads over the groups. @public */
export type LoadBalance = components['schemas']['LoadBalance'];

/** server: requests, which a load balancer spreads; consumer: messages, which a broker spreads. Groups are compared only with others of their kind. unknown: recorded by a version that did not separate them. @public */
export type LoadKind = components['schemas']['LoadKind'];

/** What was received of one kind of work. @public */
export type LoadOfKind = components['schemas']['LoadOfKind'];

/** Share and fair share of a group, as in LoadGroup. @public */
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

/** OpenTelemetry `service.name`. @public */
export type ServiceName = components['schemas']['ServiceName'];

/** OpenTelemetry `service.namespace`; empty if there is none. @public */
export type ServiceNamespace = components['schemas']['ServiceNamespace'];

/** The entities that a platform token may send requests of. `all`, or those of any of the owners and systems. @public */
export type PlatformScope = components['schemas']['PlatformScope'];

/** Entity refs; a name alone is a group or a system in the namespace `default`. @public */
export type ScopeRefs = components['schemas']['ScopeRefs'];

/** @public */
export type PlatformToken = components['schemas']['PlatformToken'];

/** @public */
export type PlatformTokenList = components['schemas']['PlatformTokenList'];

/** @public */
export type CreatePlatformTokenRequest =
  components['schemas']['CreatePlatformTokenRequest'];

/** @public */
export type CreatedPlatformToken =
  components['schemas']['CreatedPlatformToken'];

/** `unknown`: no entity claims the name. `ambiguous`: several do, so none gets the requests. `out-of-scope`: the entity is not in the scope of the token. `environment`: the entity does not list the environment. @public */
export type UnknownServiceReason =
  components['schemas']['UnknownServiceReason'];

/** @public */
export type UnknownService = components['schemas']['UnknownService'];

/** @public */
export type UnknownServiceList = components['schemas']['UnknownServiceList'];

/** @public */
export type AssignServiceRequest =
  components['schemas']['AssignServiceRequest'];

/** @public */
export type ServiceAssignment = components['schemas']['ServiceAssignment'];

/** @public */
export type ServiceAssignmentList =
  components['schemas']['ServiceAssignmentList'];

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

/** @public */
export type ResourceSummary = components['schemas']['ResourceSummary'];

/** A part of a resource that is read separately. @public */
export type ResourcePart = components['schemas']['ResourcePart'];

/** @public */
export type ResourcePartName = components['schemas']['ResourcePartName'];

/** Why a source returned no data or only a part. @public */
export type FleetNotice = components['schemas']['FleetNotice'];

/** data: there is something to show; empty: linked, but nothing was collected yet; not-linked: no resource was found for the entity (see `notices`); no-provider: the portal has no fleet provider installed. @public */
export type FleetAvailability = components['schemas']['FleetAvailability'];

/** @public */
export type TargetStateName = components['schemas']['TargetStateName'];

/** A reason in words. Unknown codes are shown unchanged. @public */
export type PlainReason = components['schemas']['PlainReason'];

/** @public */
export type StateInterval = components['schemas']['StateInterval'];

/** @public */
export type HealthTarget = components['schemas']['HealthTarget'];

/** @public */
export type HealthZone = components['schemas']['HealthZone'];

/** `degraded`: fewer healthy targets than desired; `unknown`: nothing measures; `empty`: no target is desired. @public */
export type HealthStatus = components['schemas']['HealthStatus'];

/** A statement about a service: a code with its values. In value names, `…Rate` and `…Share` mean a fraction, `…Ms` milliseconds. @public */
export type Judgement = components['schemas']['Judgement'];

/** Values of a message by name. A part of a sentence may be a message itself. @public */
export type MessageValues = components['schemas']['MessageValues'];

/** A sentence as a code with the values behind it, for translation. @public */
export type TranslatableMessage = components['schemas']['TranslatableMessage'];

/** The messages behind the texts of an object, by the names of its properties. Texts of a provider or a tool have none. @public */
export type CodedTexts = components['schemas']['CodedTexts'];

/** @public */
export type HealthPoint = components['schemas']['HealthPoint'];

/** @public */
export type HealthCheck = components['schemas']['HealthCheck'];

/** @public */
export type HealthGroup = components['schemas']['HealthGroup'];

/** A target group as it is now. @public */
export type HealthGroupSummary = components['schemas']['HealthGroupSummary'];

/** @public */
export type HealthTransition = components['schemas']['HealthTransition'];

/** @public */
export type Health = components['schemas']['Health'];

/** @public */
export type InstanceStatus = components['schemas']['InstanceStatus'];

/** @public */
export type Capacity = components['schemas']['Capacity'];

/** @public */
export type CapacityPoint = components['schemas']['CapacityPoint'];

/** @public */
export type ScalingThreshold = components['schemas']['ScalingThreshold'];

/** @public */
export type ScalingPolicyStatus = components['schemas']['ScalingPolicyStatus'];

/** @public */
export type ScheduledActionStatus =
  components['schemas']['ScheduledActionStatus'];

/** @public */
export type SuspendedProcess = components['schemas']['SuspendedProcess'];

/** @public */
export type ScalingGroup = components['schemas']['ScalingGroup'];

/** @public */
export type AlarmStatus = components['schemas']['AlarmStatus'];

/** @public */
export type Scaling = components['schemas']['Scaling'];

/** @public */
export type ScalingActivityStatusName =
  components['schemas']['ScalingActivityStatusName'];

/** @public */
export type ScalingCauseName = components['schemas']['ScalingCauseName'];

/** @public */
export type ScalingActivityRecord =
  components['schemas']['ScalingActivityRecord'];

/** @public */
export type ScalingActivityPage = components['schemas']['ScalingActivityPage'];

/** @public */
export type FailoverSubjectKind = components['schemas']['FailoverSubjectKind'];

/** Counted from the entity's requests; figures that could not be counted are absent. @public */
export type FailoverImpact = components['schemas']['FailoverImpact'];

/** Missing observations; treat the figures with caution. @public */
export type MissingData = components['schemas']['MissingData'];

/** @public */
export type FailoverSummary = components['schemas']['FailoverSummary'];

/** @public */
export type FailoverStep = components['schemas']['FailoverStep'];

/** @public */
export type KeyedSeries = components['schemas']['KeyedSeries'];

/** @public */
export type FailoverDetails = components['schemas']['FailoverDetails'];

/** @public */
export type FailoverPage = components['schemas']['FailoverPage'];

/** @public */
export type MetricPoint = components['schemas']['MetricPoint'];

/** @public */
export type MetricSeries = components['schemas']['MetricSeries'];

/** @public */
export type MissingMetric = components['schemas']['MissingMetric'];

/** @public */
export type MetricSet = components['schemas']['MetricSet'];

/** @public */
export type Metrics = components['schemas']['Metrics'];

/** @public */
export type TimelineKind = components['schemas']['TimelineKind'];

/** @public */
export type EventSeverity = components['schemas']['EventSeverity'];

/** @public */
export type TimelineEvent = components['schemas']['TimelineEvent'];

/** @public */
export type Timeline = components['schemas']['Timeline'];

/** @public */
export type HiddenPart = components['schemas']['HiddenPart'];

/** @public */
export type SparkPoint = components['schemas']['SparkPoint'];

/** @public */
export type KeyFigure = components['schemas']['KeyFigure'];

/** Something that stands out, as a code with values like a `Judgement`; `text` is the English sentence. @public */
export type Insight = components['schemas']['Insight'];

/** @public */
export type Overview = components['schemas']['Overview'];

/** The current state of a service, independent of the range, from the parts that the caller may read. @public */
export type ServiceStatus = components['schemas']['ServiceStatus'];

/** @public */
export type FleetService = components['schemas']['FleetService'];

/** @public */
export type FleetMoment = components['schemas']['FleetMoment'];

/** @public */
export type FleetPage = components['schemas']['FleetPage'];

/** @public */
export type ReportedEvent = components['schemas']['ReportedEvent'];

/** @public */
export type DeployEvent = components['schemas']['DeployEvent'];

/** @public */
export type DriftEvent = components['schemas']['DriftEvent'];

/** @public */
export type LoadTestEvent = components['schemas']['LoadTestEvent'];

/** @public */
export type HealingEvent = components['schemas']['HealingEvent'];

/** @public */
export type ReportedEventReceipt =
  components['schemas']['ReportedEventReceipt'];

/** @public */
export type Severity = components['schemas']['Severity'];

/** `open` needs work; `fixed` was not found by the newest scan of its sources; `accepted` is a risk accepted until a date; `false-positive` is not a problem. @public */
export type FindingState = components['schemas']['FindingState'];

/** @public */
export type SeverityCounts = components['schemas']['SeverityCounts'];

/** What a limit cut from a scan. @public */
export type ScanCut = components['schemas']['ScanCut'];

/** @public */
export type Scan = components['schemas']['Scan'];

/** @public */
export type ScanPage = components['schemas']['ScanPage'];

/** The fields that CloudTrace uses from a SonarQube delivery. @public */
export type SonarqubeWebhook = components['schemas']['SonarqubeWebhook'];

/** @public */
export type SonarqubeWebhookReceipt =
  components['schemas']['SonarqubeWebhookReceipt'];

/** The fields that CloudTrace uses from Snyk's `project_snapshot/v0`. @public */
export type SnykWebhook = components['schemas']['SnykWebhook'];

/** @public */
export type SnykResource = components['schemas']['SnykResource'];

/** @public */
export type SnykWebhookReceipt = components['schemas']['SnykWebhookReceipt'];

/** @public */
export type ScanReceipt = components['schemas']['ScanReceipt'];

/** @public */
export type FindingLocation = components['schemas']['FindingLocation'];

/** @public */
export type FindingPackage = components['schemas']['FindingPackage'];

/** One place where a finding occurs, with the package and version found there. @public */
export type FindingOccurrence = components['schemas']['FindingOccurrence'];

/** @public */
export type Triage = components['schemas']['Triage'];

/** @public */
export type Finding = components['schemas']['Finding'];

/** One tool's view of the finding. @public */
export type FindingSource = components['schemas']['FindingSource'];

/** @public */
export type FindingEvent = components['schemas']['FindingEvent'];

/** @public */
export type FindingDetails = components['schemas']['FindingDetails'];

/** @public */
export type FindingPage = components['schemas']['FindingPage'];

/** @public */
export type QualityGate = components['schemas']['QualityGate'];

/** @public */
export type FindingSummary = components['schemas']['FindingSummary'];

/** `accepted` needs a reason, an owner and an expiry of at most a year; `false-positive` needs a reason; `open` undoes the decision. @public */
export type TriageRequest = components['schemas']['TriageRequest'];

/** @public */
export type FindingRollupGroup = components['schemas']['FindingRollupGroup'];

/** @public */
export type FindingRollupPage = components['schemas']['FindingRollupPage'];

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

/** Query parameters of `getHealth`. @public */
export type GetHealthQuery = NonNullable<
  operations['getHealth']['parameters']['query']
>;

/** Query parameters of `getScaling`. @public */
export type GetScalingQuery = NonNullable<
  operations['getScaling']['parameters']['query']
>;

/** Query parameters of `listScalingActivities`. @public */
export type ListScalingActivitiesQuery = NonNullable<
  operations['listScalingActivities']['parameters']['query']
>;

/** Query parameters of `listFailovers`. @public */
export type ListFailoversQuery = NonNullable<
  operations['listFailovers']['parameters']['query']
>;

/** Query parameters of `getMetrics`. @public */
export type GetMetricsQuery = NonNullable<
  operations['getMetrics']['parameters']['query']
>;

/** Query parameters of `getTimeline`. @public */
export type GetTimelineQuery = NonNullable<
  operations['getTimeline']['parameters']['query']
>;

/** Query parameters of `getOverview`. @public */
export type GetOverviewQuery = NonNullable<
  operations['getOverview']['parameters']['query']
>;

/** Query parameters of `listFleet`. @public */
export type ListFleetQuery = NonNullable<
  operations['listFleet']['parameters']['query']
>;

/** Query parameters of `unassignService`. @public */
export type UnassignServiceQuery = NonNullable<
  operations['unassignService']['parameters']['query']
>;

/** Query parameters of `reportEvent`. @public */
export type ReportEventQuery = NonNullable<
  operations['reportEvent']['parameters']['query']
>;

/** Query parameters of `uploadScan`. @public */
export type UploadScanQuery = NonNullable<
  operations['uploadScan']['parameters']['query']
>;

/** Query parameters of `listScans`. @public */
export type ListScansQuery = NonNullable<
  operations['listScans']['parameters']['query']
>;

/** Query parameters of `listFindings`. @public */
export type ListFindingsQuery = NonNullable<
  operations['listFindings']['parameters']['query']
>;

/** Query parameters of `getFindingSummary`. @public */
export type GetFindingSummaryQuery = NonNullable<
  operations['getFindingSummary']['parameters']['query']
>;

/** Query parameters of `exportFindings`. @public */
export type ExportFindingsQuery = NonNullable<
  operations['exportFindings']['parameters']['query']
>;

/** Query parameters of `getFindingRollup`. @public */
export type GetFindingRollupQuery = NonNullable<
  operations['getFindingRollup']['parameters']['query']
>;
