/** Counts open findings; the area of security scans brings it along. */
export interface FindingCounter {
  countOpen(
    scopes: ReadonlyArray<{ entityRef: string }>,
  ): Promise<Map<string, { critical: number; high: number }>>;
  /** Open critical findings that the current scans of an entity brought. */
  countNewCritical(entityRef: string): Promise<number>;
}
