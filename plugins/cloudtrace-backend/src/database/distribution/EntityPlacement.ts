/** Which server stores an entity. */
export interface EntityPlacement {
  /** The number of the server that stores an entity. */
  serverOf(entityId: number): number;
  /** The numbers of all servers that store entities. */
  readonly servers: readonly number[];
  /** Reads the placement again soon, because a server failed or its data may have moved. */
  refresh(): void;
}

/** The placement without distribution: one server stores every entity. */
export const ONE_SERVER: EntityPlacement = {
  serverOf: () => 0,
  servers: [0],
  refresh: () => undefined,
};
