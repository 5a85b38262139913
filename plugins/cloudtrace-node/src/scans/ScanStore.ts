import type {
  QualityGate,
  ScanCut,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FailedScanPull, PulledScan } from './ScanSource';

/** A scan with what a connector knows of it beyond the document. @public */
export interface ConnectorScan extends PulledScan {
  /** Branch or tag that was scanned. */
  ref?: string;
  commit?: string;
  /** When the source analysed it. A scan that is older than the stored one changes nothing. */
  analysedAt?: Date;
  /** What the source left out, by the tool's name. */
  cuts?: Readonly<Record<string, ScanCut[]>>;
  /** Who sent it, for the record; by default `source:<id>`. */
  sentBy?: string;
}

/** How the last pulls of a target went. @public */
export interface ScanPull {
  /** Id at the source; empty for listing the targets. */
  target: string;
  lastSuccessAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
}

/** Which quality gate of an entity. @public */
export interface QualityGateKey {
  /** Name of the tool for people, such as `SonarQube`. */
  tool: string;
  /** Which server of the tool. */
  instance: string;
  projectKey: string;
}

/** The quality gate of a project as one analysis left it. @public */
export interface AnalysedQualityGate
  extends QualityGateKey,
    Pick<QualityGate, 'status' | 'url' | 'measures'> {
  analysedAt: Date;
}

/**
 * What CloudTrace stores for one connector. No connector sees what another
 * stored.
 *
 * @public
 */
export interface ScanStore {
  /**
   * Stores a scan as if it was uploaded: it replaces the one before of its tool,
   * category and ref. Waits up to a minute while too many scans are being read.
   *
   * @throws `InputError` if the importer refuses the document
   * @throws `ServiceUnavailableError` if too many scans are being read
   */
  storeScan(
    scan: ConnectorScan,
    options?: { signal?: AbortSignal },
  ): Promise<void>;
  /** Entities for which anything of the connector is stored. */
  listEntities(): Promise<string[]>;
  /**
   * Ends targets of an entity: what nothing else reports becomes fixed, with the
   * reason in its history, and their pulls are forgotten.
   *
   * @returns How many scans ended
   */
  endTargets(options: {
    entityRef: string;
    isGone(target: string): boolean;
    reason: string;
  }): Promise<number>;
  /** Records how a pull went, for Diagnostics; without an error it succeeded. */
  recordPull(
    pull: Omit<FailedScanPull, 'error'> & { error?: string },
  ): Promise<void>;
  /** The last pulls for an entity, those with the newest errors first. */
  listPulls(entityRef: string): Promise<ScanPull[]>;
  /** Stores a gate, unless a newer analysis set it. */
  setQualityGate(entityRef: string, gate: AnalysedQualityGate): Promise<void>;
  listQualityGates(entityRef: string): Promise<AnalysedQualityGate[]>;
  /** Deletes the gates of an instance but those of these projects. */
  keepQualityGates(
    entityRef: string,
    kept: Omit<QualityGateKey, 'projectKey'> & {
      projectKeys: readonly string[];
    },
  ): Promise<void>;
}
