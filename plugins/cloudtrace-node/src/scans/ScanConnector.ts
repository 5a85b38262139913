import type { Entity } from '@backstage/catalog-model';
import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanStore } from './ScanStore';
import type { ScanWebhook } from './ScanWebhook';

/** The functions of a connector that CloudTrace calls. @public */
export interface ScanConnection {
  /** Absent if the connector has no webhooks. */
  webhook?: ScanWebhook;
  /** Reports in Diagnostics of an entity; nothing if the source does not concern it. */
  report(scope: {
    entityRef: string;
    entity: Entity;
  }): Promise<DiagnosticsSource[]>;
}

/**
 * A scan source that runs itself: it decides when to read which target, may
 * receive webhooks, and reports its own problems in Diagnostics.
 *
 * @remarks Choose a {@link ScanSource} if it only needs pulls on a schedule,
 * and neither webhooks nor quality gates: CloudTrace then does the rest.
 *
 * @public
 */
export interface ScanConnector {
  /** Stable, lower case, e.g. `sonarqube`: part of the webhooks' path, and stored with scans. */
  readonly id: string;
  /** Display name, e.g. `SonarQube`. */
  readonly title: string;
  /** Called once at startup, when the database is ready and before the backend serves requests. */
  connect(store: ScanStore): Promise<ScanConnection>;
}
