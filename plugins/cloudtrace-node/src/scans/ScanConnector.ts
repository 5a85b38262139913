import type { Entity } from '@backstage/catalog-model';
import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanStore } from './ScanStore';
import type { ScanWebhook } from './ScanWebhook';

/** What CloudTrace asks of a connector. @public */
export interface ScanConnection {
  /** Absent if the connector has no webhooks. */
  webhook?: ScanWebhook;
  /** Reports in Diagnostics on an entity; nothing if the source does not concern it. */
  report(scope: {
    entityRef: string;
    entity: Entity;
  }): Promise<DiagnosticsSource[]>;
}

/**
 * A source of scans that runs itself: it decides when to read which target,
 * may receive webhooks, and reports in Diagnostics in its own words.
 *
 * @remarks
 * Choose a {@link ScanSource} if CloudTrace can do all of this: it pulls on a
 * schedule, and needs neither webhooks nor quality gates.
 *
 * @public
 */
export interface ScanConnector {
  /** Stable, lower case, e.g. `sonarqube`: part of the webhooks' path, and stored with scans. */
  readonly id: string;
  /** For people, e.g. `SonarQube`. */
  readonly title: string;
  /** Called once at start, when the database is ready and before anything is served. */
  connect(store: ScanStore): Promise<ScanConnection>;
}
