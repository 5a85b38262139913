import { createHash } from 'node:crypto';
import type { Rendering } from '../Scaffolder';

/** Durations of a check's runs. */
export interface CheckTime {
  runs: number;
  totalMs: number;
}

/**
 * Runs a check once for each distinct content: most files are the same in every combination, and their checks take the
 * longest. At most `limit` checks run at the same time, in the order of the calls.
 */
export class Once {
  /** By the check's name. */
  readonly times = new Map<string, CheckTime>();
  readonly #results = new Map<string, Promise<string[]>>();
  readonly #waiting: Array<() => void> = [];
  #free: number;

  constructor(limit: number) {
    this.#free = limit;
  }

  /**
   * @param check - name of the check
   * @param rendering - the repository
   * @param inputs - the paths that the check depends on
   */
  run(
    check: string,
    rendering: Rendering,
    inputs: (path: string) => boolean,
    body: () => Promise<string[]> | string[],
  ): Promise<string[]> {
    const hash = createHash('sha1').update(check);
    for (const path of [...rendering.keys()].filter(inputs).sort()) {
      hash.update(`\0${path}\0`).update(rendering.get(path)!.content);
    }
    const key = hash.digest('hex');
    let result = this.#results.get(key);
    if (!result) {
      result = this.#limited(check, body);
      this.#results.set(key, result);
    }
    return result;
  }

  async #limited(
    check: string,
    body: () => Promise<string[]> | string[],
  ): Promise<string[]> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    const startedMs = Date.now();
    try {
      return await body();
    } finally {
      const time = this.times.get(check) ?? { runs: 0, totalMs: 0 };
      this.times.set(check, {
        runs: time.runs + 1,
        totalMs: time.totalMs + Date.now() - startedMs,
      });
      const next = this.#waiting.shift();
      if (next) {
        next();
      } else {
        this.#free += 1;
      }
    }
  }
}
