/*
 * An export in a process of its own, for a test that kills it: it ends itself
 * with SIGKILL before or after the step of the given number, and normally if
 * there are fewer steps.
 */
import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';
import { ArchiveExporter } from '@cloudtrace/plugin-cloudtrace-backend/src/archive/ArchiveExporter';
import knexFactory from 'knex';
import { ParquetArchive } from '../ParquetArchive';
import { FolderStorage } from '../storage/FolderStorage';
import { aroundCalls } from './aroundCalls';

const DAY_MS = 86_400_000;

async function run(): Promise<void> {
  const [connection, folder, workingDirectory, last] = process.argv.slice(2);
  let step = 0;
  const killAtStep = () => {
    if (++step === Number(last)) process.kill(process.pid, 'SIGKILL');
  };
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    killAtStep();
    const result = await call();
    killAtStep();
    return result;
  };
  const knex = new Proxy(knexFactory({ client: 'pg', connection }), {
    get(target, name) {
      const value = Reflect.get(target, name);
      return name === 'transaction'
        ? (...args: unknown[]) => around(() => value.apply(target, args))
        : value;
    },
  });
  const archive: RequestArchive = aroundCalls(
    new ParquetArchive(new FolderStorage(folder), {
      workingDirectory,
      cacheBytes: 2 ** 26,
      memoryBytes: 2 ** 26,
      threads: 1,
      timeoutMs: 10_000,
    }),
    (_, call) => around(call),
  );
  const log = (message: string) => process.stderr.write(`${message}\n`);
  await new ArchiveExporter({
    knex,
    archive,
    logger: {
      debug: log,
      info: () => undefined,
      warn: log,
      error: log,
      child: () => {
        throw new Error('not used');
      },
    },
    rawRetentionMs: 7 * DAY_MS,
  }).run(new AbortController().signal);
  process.exit(0);
}

run().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
