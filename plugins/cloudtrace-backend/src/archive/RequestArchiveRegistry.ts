import type {
  RequestArchive,
  RequestArchiveExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';

/** The archive that a module added, if any. */
export class RequestArchiveRegistry implements RequestArchiveExtensionPoint {
  #archive: RequestArchive | undefined;

  setArchive(archive: RequestArchive): void {
    if (this.#archive) {
      throw new Error(
        `An archive of requests is already installed: ${
          this.#archive.location
        }`,
      );
    }
    this.#archive = archive;
  }

  get archive(): RequestArchive | undefined {
    return this.#archive;
  }
}
