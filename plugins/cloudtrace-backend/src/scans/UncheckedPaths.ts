import type {
  CodedMessage,
  FindingOccurrence,
} from '@cloudtrace/plugin-cloudtrace-common';

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
  describe(): CodedMessage | undefined {
    if (this.isEmpty) return undefined;
    const count = this.#paths.size;
    const paths = [...this.#paths].slice(0, MAX_NAMED).join(', ');
    return count > MAX_NAMED
      ? {
          code: 'scan-unchecked-more-paths',
          values: { total: count, paths, more: count - MAX_NAMED },
        }
      : { code: 'scan-unchecked-paths', values: { count, paths } };
  }
}
