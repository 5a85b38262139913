import { Readable } from 'node:stream';
import type {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';

/**
 * Collects documents of one type. If reading fails, the stream fails, and the
 * search keeps the documents that it has.
 */
export class CloudtraceCollatorFactory implements DocumentCollatorFactory {
  readonly type: string;
  readonly visibilityPermission: DocumentCollatorFactory['visibilityPermission'];
  readonly #read: () => AsyncIterable<IndexableDocument>;

  constructor(options: {
    type: string;
    visibilityPermission: DocumentCollatorFactory['visibilityPermission'];
    read: () => AsyncIterable<IndexableDocument>;
  }) {
    this.type = options.type;
    this.visibilityPermission = options.visibilityPermission;
    this.#read = options.read;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#read());
  }
}
