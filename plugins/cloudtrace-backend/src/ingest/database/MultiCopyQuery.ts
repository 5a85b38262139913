import type { Connection, Submittable } from 'pg';

/** One `COPY … FROM STDIN` and its input. */
export interface CopyInput {
  sql: string;
  chunks: readonly Buffer[];
}

const COPY_DATA = 0x64; // d
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]); // c

/** PostgreSQL reads and keeps a whole message before it processes it. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/**
 * Runs several `COPY … FROM STDIN` and a closing statement as one query of the
 * simple protocol. This saves a round trip per statement, and writes the input
 * to the socket without copying it.
 *
 * A submittable query of `pg`, like those of pg-copy-streams, which run a
 * single COPY per query.
 */
export class MultiCopyQuery implements Submittable {
  /** Resolves when everything is done and the server is ready for the next query. */
  readonly done: Promise<void>;
  /** `pg` wraps it if a query timeout is configured. */
  callback: () => void = () => undefined;
  #resolve!: () => void;
  #reject!: (error: Error) => void;
  #next = 0;
  readonly #inputs: readonly CopyInput[];
  readonly #closing: string;

  constructor(inputs: readonly CopyInput[], closing: string) {
    this.#inputs = inputs;
    this.#closing = closing;

    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const statements = [...this.#inputs.map(({ sql }) => sql), this.#closing];
    connection.query(statements.join('; '));
  }

  /** The server waits for the input of the next COPY. */
  handleCopyInResponse({ stream }: Connection): void {
    const { chunks } = this.#inputs[this.#next++];
    let left = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    let room = 0;
    stream.cork();
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) {
        if (room === 0) {
          room = Math.min(left, MAX_MESSAGE_BYTES);
          left -= room;
          stream.write(headOf(room));
        }
        const part = chunk.subarray(at, at + room);
        stream.write(part);
        at += part.length;
        room -= part.length;
      }
    }
    stream.write(COPY_DONE);
    stream.uncork();
  }

  /** The server gave up, or the connection is gone; `pg` then forgets the query. */
  handleError(error: Error): void {
    this.callback();
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.callback();
    this.#resolve();
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/** Starts a message with data. */
function headOf(length: number): Buffer {
  const head = Buffer.allocUnsafe(5);
  head[0] = COPY_DATA;
  head.writeInt32BE(length + 4, 1);
  return head;
}
