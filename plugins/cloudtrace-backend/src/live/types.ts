/** Tells open pages that something changed, after it was committed. */
export interface LivePublisher {
  /**
   * Announces that data of an entity changed. Cheap and never throws: calls
   * are merged to at most one ping per entity in two seconds.
   */
  entityChanged(entityRef: string): void;
}
