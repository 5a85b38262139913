import type { EntityPlacement } from '../../database/distribution/EntityPlacement';
import type { GroupCommit } from './GroupCommit';

/**
 * A group commit for each server that stores entities. A batch therefore never
 * contains entities of two servers: its transaction needs one server, and a
 * server that fails stops nobody but its own entities.
 */
export class ServerCommits {
  readonly #placement: EntityPlacement;
  readonly #create: (server: number) => GroupCommit;
  readonly #commits = new Map<number, GroupCommit>();

  constructor(
    placement: EntityPlacement,
    create: (server: number) => GroupCommit,
  ) {
    this.#placement = placement;
    this.#create = create;
  }

  /** The group commit of the server that stores an entity. */
  of(entityId: number): GroupCommit {
    const server = this.#placement.serverOf(entityId);
    let commit = this.#commits.get(server);
    if (!commit) {
      this.#dropRemoved();
      commit = this.#create(server);
      this.#commits.set(server, commit);
    }
    return commit;
  }

  /** Spans that are not committed yet. */
  get waitingSpans(): number {
    let spans = 0;
    for (const commit of this.#commits.values()) spans += commit.waitingSpans;
    return spans;
  }

  /** Resolves when everything that was added is settled. */
  async drain(): Promise<void> {
    await Promise.all([...this.#commits.values()].map(c => c.drain()));
  }

  /** Frees the memory of servers that store nothing any more. */
  #dropRemoved(): void {
    for (const [server, commit] of this.#commits) {
      if (commit.isIdle && !this.#placement.servers.includes(server)) {
        this.#commits.delete(server);
      }
    }
  }
}
