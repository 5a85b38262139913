import type { NameRequest, NameStore } from '../ingest/dictionary/NameStore';
import type { IngestOrigin } from '../ingest/types';

/** Assigns ids to names without a database; a name has one id per environment of an entity. */
export class MemoryNameStore implements NameStore {
  readonly #ids = new Map<string, number>();
  /** By id; 0 is unused. */
  readonly #names = ['none'];

  serverOf(): number {
    return 0;
  }

  async resolve(requests: readonly NameRequest[]) {
    return requests.map(({ origin, routes, instances }) => ({
      routes: routes.map(({ method, route }) =>
        this.#resolve(origin, `${method}|${route}`),
      ),
      instances: instances.map(({ instanceKey, zone, kind }) =>
        this.#resolve(origin, `${instanceKey}|${zone}`, kind),
      ),
    }));
  }

  /** The name with an id of an entity. */
  nameOf(entityId: number, id: number): string {
    const owner = `${entityId} `;
    const name = this.#names[id];
    return name.startsWith(owner)
      ? name.slice(owner.length)
      : `not of entity ${entityId}: ${name}`;
  }

  #resolve({ entityId, environment }: IngestOrigin, text: string, kind = '') {
    const key = `${environment} ${entityId} ${text} ${kind}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#names.push(`${entityId} ${text}`) - 1;
      this.#ids.set(key, id);
    }
    return { id, overflow: false };
  }
}
