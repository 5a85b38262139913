import type { ServiceIdentity } from '../../platform/types';
import { createKeyFinder } from './attributes';
import type { ResourceReceiver } from './ResourceNames';

/** Resource attributes that identify a service. Of the environment's names, the first one counts. */
const ATTRIBUTES = [
  'service.name',
  'service.namespace',
  'deployment.environment.name',
  'deployment.environment',
] as const;

/** Texts from outside are read up to here; no entity has a name as long. */
const MAX_BYTES = 1024;

const findAttribute = createKeyFinder(ATTRIBUTES);

/** What a resource says about its service, as positions in the body. */
export class ServiceAttributes implements ResourceReceiver {
  readonly find = findAttribute;
  readonly #starts = [0, 0, 0, 0];
  readonly #lengths = [0, 0, 0, 0];
  readonly #texts: (string | undefined)[] = [];
  readonly #body: Buffer;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** Forgets the previous resource. */
  clear(): void {
    this.#lengths.fill(0);
    this.#texts.length = 0;
  }

  take(code: number, start: number, length: number, override?: string): void {
    if (length === 0) return;
    this.#starts[code - 1] = start;
    this.#lengths[code - 1] = length;
    this.#texts[code - 1] = override;
  }

  /** The service of the resource; an attribute that is missing is empty. */
  read(): ServiceIdentity {
    return {
      name: this.#text(0),
      namespace: this.#text(1),
      environment: this.#text(2) || this.#text(3),
    };
  }

  #text(index: number): string {
    const length = Math.min(this.#lengths[index], MAX_BYTES);
    if (length === 0) return '';
    const start = this.#starts[index];
    const text =
      this.#texts[index] ?? this.#body.toString('utf8', start, start + length);
    return text.slice(0, MAX_BYTES);
  }
}
