import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KeyedScan } from '../identity/KeyedScan';
import { scanParser, type ParseAnswer, type ParseTask } from './parseScan';

/** A file to parse. Its bytes move to the worker: they are gone afterwards. */
export type ScanFile = Pick<
  ParseTask,
  'body' | 'gzip' | 'checkoutUri' | 'category'
>;

/** Runs inside of the worker; plain JavaScript so that it needs no build. */
const BOOTSTRAP = `
const { parentPort, workerData } = require('node:worker_threads');
if (workerData.transform) require(workerData.transform);
const { scanParser } = require(workerData.parserPath);
parentPort.postMessage(scanParser.parse(workerData.task));
`;

/**
 * Parses files in worker threads of their own: one at a time, each with
 * bounded memory and time, so that no file can stop or fill up the backend.
 */
export class ScanParserPool {
  readonly #parser: typeof scanParser;
  readonly #maxWaiting: number;
  readonly #timeoutMs: number;
  readonly #maxHeapMiB: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    options: {
      maxWaiting?: number;
      timeoutMs?: number;
      maxHeapMiB?: number;
    } = {},
  ) {
    this.#parser = scanParser;
    this.#maxWaiting = options.maxWaiting ?? 8;
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#maxHeapMiB = options.maxHeapMiB ?? 384;
  }

  /** Whether another file has to be refused for now. */
  get full(): boolean {
    return this.#waiting >= this.#maxWaiting;
  }

  /**
   * Parses a file.
   *
   * @throws `InputError` that says what is wrong with the file
   * @throws `ServiceUnavailableError` if too many are waiting
   */
  async parse(importer: ScanImporter, file: ScanFile): Promise<KeyedScan[]> {
    if (this.full) {
      throw new ServiceUnavailableError(
        'Too many scans are being read; send it again',
      );
    }
    this.#waiting += 1;
    const run = this.#last.then(() => this.#run(importer, file));
    this.#last = run.catch(() => undefined);
    try {
      const answer = await run;
      if ('scans' in answer) return answer.scans;
      if ('refused' in answer) throw new InputError(answer.refused);
      // It would fail the same way once more: not worth another try.
      throw new InputError(
        `The importer '${importer.id}' failed: ${answer.failed}`,
      );
    } finally {
      this.#waiting -= 1;
    }
  }

  #run(importer: ScanImporter, file: ScanFile): Promise<ParseAnswer> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(BOOTSTRAP, {
        eval: true,
        // The parent's flags may load what the worker does not need.
        execArgv: [],
        transferList: [file.body.buffer as ArrayBuffer],
        resourceLimits: { maxOldGenerationSizeMb: this.#maxHeapMiB },
        workerData: {
          parserPath: this.#parser.modulePath,
          transform: transformFor(this.#parser.modulePath),
          task: {
            body: file.body,
            gzip: file.gzip,
            checkoutUri: file.checkoutUri,
            category: file.category,
            importerId: importer.id,
            importerPath: importer.modulePath,
          },
        },
      });
      const timer = setTimeout(
        () =>
          finish({
            refused: `Reading the file took longer than ${
              this.#timeoutMs / 1000
            } seconds; split it`,
          }),
        this.#timeoutMs,
      );
      const finish = (answer: ParseAnswer) => {
        clearTimeout(timer);
        void worker.terminate();
        resolve(answer);
      };
      worker.once('message', finish);
      worker.once('error', error => {
        clearTimeout(timer);
        if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY') {
          resolve({
            refused: 'The file needs too much memory to be read; split it',
          });
        } else {
          reject(error);
        }
      });
      worker.once('exit', code => {
        clearTimeout(timer);
        // Does nothing after an answer.
        reject(new Error(`The worker ended with ${code} before its answer`));
      });
    });
  }
}

/** During development modules are TypeScript, which the worker has to be taught. */
function transformFor(path: string): string | undefined {
  return extname(path) === '.ts'
    ? require.resolve('@backstage/cli/config/nodeTransform.cjs')
    : undefined;
}
