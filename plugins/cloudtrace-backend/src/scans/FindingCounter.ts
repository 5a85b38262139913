/** Counts open findings; the scans area provides it. */
export interface FindingCounter {
  countOpen(
    scopes: ReadonlyArray<{ entityRef: string }>,
  ): Promise<Map<string, { critical: number; high: number }>>;
  /** Counts open critical findings that the current scans of an entity added. */
  countNewCritical(entityRef: string): Promise<number>;
}
