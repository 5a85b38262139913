import type {
  ScanConnector,
  ScanSource,
  ScanSourcesExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';

/** The scan sources and connectors that modules added. */
export class ScanSourceRegistry implements ScanSourcesExtensionPoint {
  readonly #sources = new Map<string, ScanSource>();
  readonly #connectors = new Map<string, ScanConnector>();

  addSource(source: ScanSource): void {
    this.#requireFree(source.id);
    this.#sources.set(source.id, source);
  }

  addConnector(connector: ScanConnector): void {
    this.#requireFree(connector.id);
    this.#connectors.set(connector.id, connector);
  }

  sources(): ScanSource[] {
    return [...this.#sources.values()];
  }

  connectors(): ScanConnector[] {
    return [...this.#connectors.values()];
  }

  #requireFree(id: string): void {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
      throw new Error(
        `The id '${id}' of a scan source may contain only lower-case letters, digits and dashes`,
      );
    }
    if (this.#sources.has(id) || this.#connectors.has(id)) {
      throw new Error(`A scan source with the id '${id}' is already installed`);
    }
  }
}
