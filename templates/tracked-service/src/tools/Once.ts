import { createHash } from 'node:crypto';
import type { Rendering } from '../Scaffolder';

/**
 * Runs a check once for each content that it looks at: most files are the same in every combination, and their checks take the longest.
 */
export class Once {
  readonly #results = new Map<string, Promise<string[]>>();

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
      result = Promise.resolve().then(body);
      this.#results.set(key, result);
    }
    return result;
  }
}
