import type { ServiceSeverity } from '../judgement';
import type { Severity } from '../openapi';

/** Types of CloudTrace's documents in Backstage's search. @public */
export const CLOUDTRACE_SEARCH_TYPES = {
  /** The health, scaling and failovers of a service. */
  service: 'cloudtrace-service',
  /** An open security finding. */
  finding: 'cloudtrace-finding',
} as const;

/** What all documents have. @public */
export interface CloudtraceDocument {
  title: string;
  /** What is searched, besides the title. */
  text: string;
  /** Path of the tab, without the base path of the portal. */
  location: string;
  /** What the permission is decided on. */
  authorization: { resourceRef: string };
  entityRef: string;
  /**
   * When CloudTrace was read, in milliseconds since 1970: the index is minutes
   * old. A number, because a search for "2026" would find all texts with a date.
   */
  asOfMs: number;
}

/**
 * The state of a service when it was indexed. Contains only what
 * `cloudtrace.fleet.read` permits.
 *
 * @public
 */
export interface CloudtraceServiceDocument extends CloudtraceDocument {
  environment: string;
  /** `no-data`: nothing measures the health of the service. */
  severity: ServiceSeverity;
  /** Absent without a target group. */
  healthy?: number;
  /** How many targets should be healthy. */
  wanted?: number;
}

/** An open finding. Contains only what `cloudtrace.security.read` permits. @public */
export interface CloudtraceFindingDocument extends CloudtraceDocument {
  findingId: string;
  severity: Severity;
  /** Comma-separated. */
  cves: string;
}
