import type {
  FindingLocation,
  FindingOccurrence,
  FindingPackage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import type { CategorizedScan } from './CategorizedScan';

/**
 * Keys that identify a finding, as SHA-256 in hex. Each depends only on the
 * result, never on the rest of its file.
 */
export interface FindingKeys {
  /** Everything that the tool reports about a place: equal results have equal keys. */
  own: string[];
  /** A part of it, such as the fingerprint: counts only while a single finding has it. */
  place: string[];
  /** Weakness and source text: only joins results of different tools. */
  weakness: string[];
  /** Ids of a vulnerability with its package: join all results that share one. */
  advisory: string[];
}

/** The keys that a finding would have under a rule id that its tool deprecated. */
export interface FormerName {
  ruleId: string;
  keys: string[];
}

/** The key of versions before occurrences; they numbered equal results. */
export interface LegacyName {
  base: string;
  line: number | undefined;
}

/** A finding with its keys and its distinct occurrences. */
export interface KeyedFinding
  extends Omit<NormalizedFinding, 'occurrences' | 'formerRuleIds'> {
  keys: FindingKeys;
  /** Used only for lookups, never stored: another rule may still have that id. */
  former: FormerName[];
  legacy: LegacyName[];
  /** Package of the first occurrence that has one. */
  package?: FindingPackage;
  /** Location of the first occurrence that has one. */
  location?: FindingLocation;
  /** The first occurrences, at most `maxOccurrences`. */
  occurrences: FindingOccurrence[];
  /** Number of distinct occurrences. */
  occurrenceCount: number;
}

/** A scan whose findings have keys; equal results are merged into one finding. */
export interface KeyedScan extends Omit<CategorizedScan, 'findings'> {
  findings: KeyedFinding[];
}

/** Maximum number of stored occurrences per finding, tool, category and ref. */
export const MAX_OCCURRENCES = 100;
