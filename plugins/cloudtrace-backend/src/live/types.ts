import type { LiveDataKind } from '@cloudtrace/plugin-cloudtrace-common';

/** Notifies open pages that something changed, after it was committed. */
export interface LivePublisher {
  /**
   * Announces that data of a kind changed for an entity. Cheap and never throws:
   * calls are merged to at most one ping per entity in two seconds.
   */
  entityChanged(entityRef: string, kind: LiveDataKind): void;
}
