import type { LiveDataKind } from '@cloudtrace/plugin-cloudtrace-common';

/** Notifies open pages of changes after they are committed. */
export interface LivePublisher {
  /**
   * Announces that data of a kind changed for an entity. Cheap and never
   * throws: calls are merged to at most one signal per entity in two seconds.
   */
  entityChanged(entityRef: string, kind: LiveDataKind): void;
}
