import type {
  FleetProblemCode,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsRegionApi } from '../client/AwsRegion';

/** What an entity may show of one region. */
export interface LinkedResources {
  arns: readonly string[];
  /** EC2 instances of linked groups, as ARN and id. */
  instances: ReadonlyArray<{ arn: string; id: string }>;
}

/** A finding about one or more resources. */
export interface ResourceFinding {
  resourceIds: readonly string[];
  /** The finding as the importer reads it, restricted to these resources. */
  narrowTo(isOwn: (resourceId: string) => boolean): object;
}

/** A service's findings about the requested resources. */
export interface FindingsReading {
  findings: ResourceFinding[];
  /** Resources that the service does not check. */
  unchecked: ReadonlySet<string>;
}

/** An AWS service with findings about resources. */
export interface FindingsService {
  /** First part of a target's name, e.g. `securityhub`. */
  readonly id: string;
  readonly title: string;
  /** Id of the importer that reads its documents. */
  readonly format: string;
  /** Advice on a failure, if the service has more to say than the error class. */
  readonly nextSteps: Partial<Record<FleetProblemCode, JudgementCode>>;
  /** Ids of the resources in the service's notation. */
  idsOf(linked: LinkedResources): string[];
  /** Reads all findings about these resources, or throws `AwsCallError` or `TruncatedListError`. */
  read(
    api: AwsRegionApi,
    ids: readonly string[],
    maxPages: number,
  ): Promise<FindingsReading>;
  documentOf(findings: readonly object[]): object;
}
