import type { IngestOrigin } from '../types';
import { EntityDictionary, type UnknownNames } from './EntityDictionary';
import { NameFlights } from './NameFlights';
import type { NameStore } from './NameStore';

const DAY_US = 86_400_000_000;
const MAX_DICTIONARIES = 2000;

/** Caches the dictionaries of sending entities; drops the least recently used. */
export class DictionaryCache {
  readonly #dictionaries = new Map<string, EntityDictionary>();
  readonly #flights: NameFlights;

  constructor(names: NameStore) {
    this.#flights = new NameFlights(names);
  }

  /** The dictionary of an entity's environment, as far as it is loaded. */
  get(origin: IngestOrigin, nowUs: number): EntityDictionary {
    const key = `${origin.entityId}\0${origin.environment}`;
    let dictionary = this.#dictionaries.get(key);
    if (dictionary) {
      // Maps keep their order: the most recently used is dropped last.
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

  /** Assigns ids to names that the dictionary does not contain. */
  resolve(
    dictionary: EntityDictionary,
    origin: IngestOrigin,
    unknown: UnknownNames,
  ): Promise<void> {
    return this.#flights.resolve(dictionary, origin, unknown);
  }
}
