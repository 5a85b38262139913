import { ServiceUnavailableError } from '@backstage/errors';
import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KeyedScan } from '../identity/KeyedScan';
import { RefusedScanError } from './RefusedScanError';
import { scanParser, type ParseAnswer, type ParseTask } from './parseScan';

/** A file to parse. Its bytes move to the worker and are no longer usable here. */
export type ScanFile = Pick<
  ParseTask,
  'body' | 'gzip' | 'checkoutUri' | 'category'
>;

/** Runs inside the worker; plain JavaScript so that it needs no build. */
const BOOTSTRAP = `
const { parentPort, workerData } = require('node:worker_threads');
if (workerData.transform) require(workerData.transform);
const { scanParser } = require(workerData.parserPath);
parentPort.postMessage(scanParser.parse(workerData.task));
`;

/**
 * Parses files in separate worker threads, one at a time, with limited memory
 * and time, so that no file can block or exhaust the backend.
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

  /** Whether the pool is too busy for another file. */
  get full(): boolean {
    return this.#waiting >= this.#maxWaiting;
  }

  /**
   * Parses a file.
   *
   * @throws `InputError` that describes the problem with the file
   * @throws `ServiceUnavailableError` if too many are waiting
   */
  async parse(importer: ScanImporter, file: ScanFile): Promise<KeyedScan[]> {
    if (this.full) {
      throw new ServiceUnavailableError(
        'Too many scans are being read; try again',
      );
    }
    this.#waiting += 1;
    const run = this.#last.then(() => this.#run(importer, file));
    this.#last = run.catch(() => undefined);
    try {
      const answer = await run;
      if ('scans' in answer) return answer.scans;
      if ('refused' in answer) throw new RefusedScanError(answer.refused);
      // It would fail the same way again, so a retry is useless.
      throw new RefusedScanError({
        code: 'scan-importer-failed',
        values: { importer: importer.id, error: answer.failed },
      });
    } finally {
      this.#waiting -= 1;
    }
  }

  #run(importer: ScanImporter, file: ScanFile): Promise<ParseAnswer> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(BOOTSTRAP, {
        eval: true,
        // The parent's flags may load modules that the worker does not need.
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
            refused: {
              code: 'scan-too-slow',
              values: { seconds: this.#timeoutMs / 1000 },
            },
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
            refused: { code: 'scan-too-much-memory', values: {} },
          });
        } else {
          reject(error);
        }
      });
      worker.once('exit', code => {
        clearTimeout(timer);
        // Has no effect after a response.
        reject(new Error(`The worker exited with ${code} before it responded`));
      });
    });
  }
}

/** During development, modules are TypeScript, which the worker must first learn to load. */
function transformFor(path: string): string | undefined {
  return extname(path) === '.ts'
    ? require.resolve('@backstage/cli/config/nodeTransform.cjs')
    : undefined;
}
