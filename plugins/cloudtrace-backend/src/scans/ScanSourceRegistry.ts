import type {
  ScanSource,
  ScanSourcesExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';

/** Ids under which CloudTrace's own sources store what they pull. */
const ownIds = ['snyk', 'sonarqube'];

/** The scan sources that modules added. */
export class ScanSourceRegistry implements ScanSourcesExtensionPoint {
  readonly #sources = new Map<string, ScanSource>();

  addSource(source: ScanSource): void {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(source.id)) {
      throw new Error(
        `The id '${source.id}' of a scan source must be of lower case letters, digits and dashes`,
      );
    }
    if (ownIds.includes(source.id) || this.#sources.has(source.id)) {
      throw new Error(
        `A scan source with the id '${source.id}' is already installed`,
      );
    }
    this.#sources.set(source.id, source);
  }

  list(): ScanSource[] {
    return [...this.#sources.values()];
  }
}
