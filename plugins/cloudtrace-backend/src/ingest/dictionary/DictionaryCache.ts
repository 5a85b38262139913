import type { Knex } from 'knex';
import {
  resolveInstances,
  resolveRoutes,
} from '../../database/operations/dictionaries/resolveNames';
import type { IngestOrigin } from '../types';
import {
  EntityDictionary,
  OTHER_NAME,
  type UnknownNames,
} from './EntityDictionary';

const DAY_US = 86_400_000_000;
const MAX_DICTIONARIES = 2000;

/** How many new names an entity may have in a day (UTC). */
export interface NameQuotas {
  maxRoutesPerDay: number;
  maxInstancesPerDay: number;
}

/** The dictionaries of the entities that send, least recently used ones dropped. */
export class DictionaryCache {
  readonly #dictionaries = new Map<string, EntityDictionary>();

  constructor(
    private readonly knex: Knex,
    private readonly quotas: NameQuotas,
  ) {}

  /** The dictionary of an entity's environment, as far as it is known yet. */
  get(origin: IngestOrigin, nowUs: number): EntityDictionary {
    const key = `${origin.entityId}\0${origin.environment}`;
    let dictionary = this.#dictionaries.get(key);
    if (dictionary) {
      // Maps keep their order: what was used last is dropped last.
      this.#dictionaries.delete(key);
    } else {
      dictionary = new EntityDictionary();
      if (this.#dictionaries.size >= MAX_DICTIONARIES) {
        const [oldest] = this.#dictionaries.keys();
        this.#dictionaries.delete(oldest);
      }
    }
    this.#dictionaries.set(key, dictionary);
    dictionary.startDay(Math.floor(nowUs / DAY_US));
    return dictionary;
  }

  /** Gives ids to names that the dictionary does not know. */
  async resolve(
    dictionary: EntityDictionary,
    origin: IngestOrigin,
    unknown: UnknownNames,
  ): Promise<void> {
    const { entityId, environment } = origin;
    if (unknown.routes.size > 0) {
      const keys = [...unknown.routes.keys()];
      const ids = await resolveRoutes(this.knex, {
        entityId,
        environment,
        names: [...unknown.routes.values()].map(n => [n.method, n.route]),
        maxNewPerDay: this.quotas.maxRoutesPerDay,
        other: ['', OTHER_NAME],
      });
      dictionary.learnRoutes(
        ids.map((name, index) => ({ ...name, key: keys[index] })),
      );
    }
    if (unknown.instances.size > 0) {
      const keys = [...unknown.instances.keys()];
      const ids = await resolveInstances(this.knex, {
        entityId,
        environment,
        names: [...unknown.instances.values()].map(n => [
          n.instanceKey,
          n.zone,
        ]),
        maxNewPerDay: this.quotas.maxInstancesPerDay,
        other: [OTHER_NAME, ''],
      });
      dictionary.learnInstances(
        ids.map((name, index) => ({ ...name, key: keys[index] })),
      );
    }
  }
}
