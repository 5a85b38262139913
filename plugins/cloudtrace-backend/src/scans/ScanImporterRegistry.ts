import type {
  ScanImporter,
  ScanImportersExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';
import {
  builtInImporters,
  pulledImporters,
} from './importers/builtInImporters';

/** Holds the built-in importers and those of modules. */
export class ScanImporterRegistry implements ScanImportersExtensionPoint {
  readonly #importers = new Map<string, ScanImporter>();

  constructor() {
    for (const importer of builtInImporters) this.addImporter(importer);
  }

  addImporter(importer: ScanImporter): void {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(importer.id)) {
      throw new Error(
        `The id '${importer.id}' of a scan importer may contain only lower-case letters, digits and dashes`,
      );
    }
    if (this.find(importer.id)) {
      throw new Error(
        `A scan importer with the id '${importer.id}' is already installed`,
      );
    }
    this.#importers.set(importer.id, importer);
  }

  /** One that reads uploads. */
  get(id: string): ScanImporter | undefined {
    return this.#importers.get(id);
  }

  /** An importer of uploads, or only of pulled data. */
  find(id: string): ScanImporter | undefined {
    return this.get(id) ?? pulledImporters.find(item => item.id === id);
  }

  ids(): string[] {
    return [...this.#importers.keys()];
  }
}
