import type {
  ScanImporter,
  ScanImportersExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';
import { builtInImporters } from './importers/builtInImporters';

/** The importers that CloudTrace brings along, and those of modules. */
export class ScanImporterRegistry implements ScanImportersExtensionPoint {
  readonly #importers = new Map<string, ScanImporter>();

  constructor() {
    for (const importer of builtInImporters) this.addImporter(importer);
  }

  addImporter(importer: ScanImporter): void {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(importer.id)) {
      throw new Error(
        `The id '${importer.id}' of a scan importer must be of lower case letters, digits and dashes`,
      );
    }
    if (this.#importers.has(importer.id)) {
      throw new Error(
        `A scan importer with the id '${importer.id}' is already installed`,
      );
    }
    this.#importers.set(importer.id, importer);
  }

  get(id: string): ScanImporter | undefined {
    return this.#importers.get(id);
  }

  ids(): string[] {
    return [...this.#importers.keys()];
  }
}
