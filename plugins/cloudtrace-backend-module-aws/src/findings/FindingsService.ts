import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';
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
  /** The finding as the importer reads it, about no other resources than these. */
  narrowTo(isOwn: (resourceId: string) => boolean): object;
}

/** What a service has about the resources that it was asked for. */
export interface FindingsReading {
  findings: ResourceFinding[];
  /** Resources that the service does not check. */
  unchecked: ReadonlySet<string>;
}

/** A service of AWS that has findings about resources. */
export interface FindingsService {
  /** First part of a target's name, e.g. `securityhub`. */
  readonly id: string;
  readonly title: string;
  /** Id of the importer that reads its documents. */
  readonly format: string;
  /** What to do about a failure, where the service knows more than the class of the error. */
  readonly nextSteps: Partial<Record<FleetProblemCode, string>>;
  /** Ids of the resources as the service writes them. */
  idsOf(linked: LinkedResources): string[];
  /** Reads all findings about these resources, or throws `AwsCallError` or `TruncatedListError`. */
  read(
    api: AwsRegionApi,
    ids: readonly string[],
    maxPages: number,
  ): Promise<FindingsReading>;
  documentOf(findings: readonly object[]): object;
}
