import type { FindingOccurrence } from '@cloudtrace/plugin-cloudtrace-common';

const MAX_NAMED = 5;

/** Files and directories that a scan could not check. */
export class UncheckedPaths {
  readonly #paths: ReadonlySet<string>;

  constructor(paths: readonly string[] | undefined) {
    this.#paths = new Set(paths);
  }

  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  /** Whether it is in one of them, or one of them itself. */
  has({ location }: FindingOccurrence): boolean {
    for (
      let path = location?.path ?? '';
      path;
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    ) {
      if (this.#paths.has(path)) return true;
    }
    return false;
  }

  /** One sentence for people; `undefined` if everything was checked. */
  describe(): string | undefined {
    if (this.isEmpty) return undefined;
    const count = this.#paths.size;
    const named = [...this.#paths].slice(0, MAX_NAMED).join(', ');
    const more = count > MAX_NAMED ? ` and ${count - MAX_NAMED} more` : '';
    return `The tool could not check ${count} ${
      count === 1 ? 'path' : 'paths'
    }; their findings stay unchanged: ${named}${more}`;
  }
}
