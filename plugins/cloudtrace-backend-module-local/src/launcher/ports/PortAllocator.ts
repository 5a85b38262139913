import { isPortFree } from '@internal/dev-servers';

/** Allocates free ports of 127.0.0.1, each only once until the range is used up. */
export class PortAllocator {
  readonly #first: number;
  readonly #count: number;
  #next = 0;

  constructor(first: number, count: number) {
    this.#first = first;
    this.#count = count;
  }

  async next(): Promise<number> {
    for (let attempt = 0; attempt < this.#count; attempt++) {
      const port = this.#first + (this.#next++ % this.#count);
      if (await isPortFree(port)) return port;
    }
    throw new Error(
      `No free port between ${this.#first} and ${
        this.#first + this.#count - 1
      }. Choose another range with --port-base`,
    );
  }
}
