import type {
  CodedMessage,
  QualityGate,
  ScanCut,
  Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FailedScanPull, PulledScan } from './ScanSource';

/** A scan with what a connector knows beyond the document. @public */
export interface ConnectorScan extends PulledScan {
  /** Branch or tag that was scanned. */
  ref?: string;
  commit?: string;
  /** When the source analysed it. A scan older than the stored one changes nothing. */
  analysedAt?: Date;
  /** What the source left out, by the tool's name. */
  cuts?: Readonly<Record<string, ScanCut[]>>;
  /** Who sent it, for the record. Defaults to `source:<id>`. */
  sentBy?: string;
}

/** The results of a target's last pulls. @public */
export interface ScanPull {
  /** Id at the source; empty for listing the targets. */
  target: string;
  lastSuccessAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
  /** The message behind `lastError`; null for the source's own words. */
  coded: Record<string, CodedMessage> | null;
}

/** Identifies a quality gate of an entity. @public */
export interface QualityGateKey {
  /** Display name of the tool, such as `SonarQube`. */
  tool: string;
  /** Which server of the tool. */
  instance: string;
  projectKey: string;
}

/** The quality gate of a project after one analysis. @public */
export interface AnalysedQualityGate
  extends QualityGateKey,
    Pick<QualityGate, 'status' | 'url' | 'measures'> {
  analysedAt: Date;
}

/**
 * What CloudTrace stores for one connector. A connector does not see the data
 * of others.
 *
 * @public
 */
export interface ScanStore {
  /**
   * Stores a scan like an upload: it replaces the previous one of its tool,
   * category and ref. Waits up to a minute while too many scans are being read.
   *
   * @throws `InputError` if the importer rejects the document
   * @throws `ServiceUnavailableError` if too many scans are being read
   */
  storeScan(
    scan: ConnectorScan,
    options?: { signal?: AbortSignal },
  ): Promise<void>;
  /** Entities for which the connector has stored anything. */
  listEntities(): Promise<string[]>;
  /**
   * Ends targets of an entity: findings that no other target reports become
   * fixed, with the reason in their history, and the state of the targets'
   * pulls is deleted.
   *
   * @returns How many scans ended
   */
  endTargets(options: {
    entityRef: string;
    isGone(target: string): boolean;
    reason: string;
  }): Promise<number>;
  /** Records the result of a pull, for Diagnostics; without an error it succeeded. */
  recordPull(
    pull: Omit<FailedScanPull, 'error'> & { error?: Wording },
  ): Promise<void>;
  /** The last pulls for an entity, those with the newest errors first. */
  listPulls(entityRef: string): Promise<ScanPull[]>;
  /** Stores a gate, unless a newer analysis set it. */
  setQualityGate(entityRef: string, gate: AnalysedQualityGate): Promise<void>;
  listQualityGates(entityRef: string): Promise<AnalysedQualityGate[]>;
  /** Deletes the gates of an instance except those of these projects. */
  keepQualityGates(
    entityRef: string,
    kept: Omit<QualityGateKey, 'projectKey'> & {
      projectKeys: readonly string[];
    },
  ): Promise<void>;
}
