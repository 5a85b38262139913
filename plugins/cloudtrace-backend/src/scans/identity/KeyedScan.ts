import type {
  FindingLocation,
  FindingOccurrence,
  FindingPackage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import type { CategorizedScan } from '../worker/uniteScans';

/**
 * The names by which a finding is recognised, as SHA-256 in hex. Each follows
 * from the result alone, never from what else is in its file.
 */
export interface FindingKeys {
  /** All that the tool says of a place: equal results have equal ones. */
  own: string[];
  /** A part of it, such as the fingerprint: counts only as long as one finding has it. */
  place: string[];
  /** Weakness and source text: joins the results of different tools only. */
  weakness: string[];
  /** Ids of a vulnerability with its package: join all results that share one. */
  advisory: string[];
}

/** The name that versions before occurrences stored; they numbered equal ones. */
export interface LegacyName {
  base: string;
  line: number | undefined;
}

/** A finding with its keys and its different occurrences. */
export interface KeyedFinding extends Omit<NormalizedFinding, 'occurrences'> {
  keys: FindingKeys;
  legacy: LegacyName[];
  /** Package of the first occurrence that has one. */
  package?: FindingPackage;
  /** Location of the first occurrence that has one. */
  location?: FindingLocation;
  /** The first of them, at most `maxOccurrences`. */
  occurrences: FindingOccurrence[];
  /** How many different ones there are. */
  occurrenceCount: number;
}

/** A scan whose findings have keys; equal results are one finding. */
export interface KeyedScan extends Omit<CategorizedScan, 'findings'> {
  findings: KeyedFinding[];
}

/** Occurrences of a finding that are stored for each tool, category and ref. */
export const MAX_OCCURRENCES = 100;
