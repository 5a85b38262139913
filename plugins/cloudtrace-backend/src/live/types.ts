import type { LiveDataKind } from '@cloudtrace/plugin-cloudtrace-common';

/** Notifies open pages of changes after they are committed. */
export interface LivePublisher {
  /**
   * Reports that data of a kind changed for an entity. Cheap and never throws:
   * calls are merged into at most one signal per entity in two seconds.
   */
  entityChanged(entityRef: string, kind: LiveDataKind): void;
}
