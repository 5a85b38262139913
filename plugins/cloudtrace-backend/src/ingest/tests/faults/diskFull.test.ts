import { setTimeout as sleep } from 'node:timers/promises';
import { testPostgresVersions } from '../../../testUtils';
import { expectExact } from './expectExact';
import { FullDisk } from './FullDisk';
import { Sender } from './Sender';
import { startChildBackend } from './startChildBackend';
import { startFaultPostgres } from './startFaultPostgres';

const PATH = '/api/cloudtrace/otlp/v1/traces';

jest.setTimeout(180_000);

describe('a full disk', () => {
  const cleanUp: (() => Promise<void> | void)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) {
      await step();
    }
  });

  it.each(testPostgresVersions())(
    'makes senders retry, loses nothing, and recovers when there is space, PostgreSQL %s',
    async version => {
      const disk = FullDisk.mount(256);
      if (!disk) {
        // A message was printed: without the right to mount, there is nothing
        // to fill.
        return;
      }
      cleanUp.push(() => disk.unmount());
      const database = await startFaultPostgres({
        version,
        parentFolder: disk.folder,
        // Otherwise the write-ahead log alone outgrows the disk.
        settings: { min_wal_size: '32MB', max_wal_size: '64MB' },
      });
      cleanUp.push(() => database.stop());
      const { server, knex, token } = database;
      const backend = await startChildBackend(server.connectionString());
      cleanUp.push(() => backend.kill());
      const sender = new Sender({
        token,
        url: () => `http://127.0.0.1:${backend.port}${PATH}`,
        spansPerBatch: 500,
      });
      sender.start(4);
      await until(() => sender.answers('200') >= 8);
      expect(sender.statuses).toEqual({ '200': expect.any(Number) });

      disk.fill();
      // A retry may still find a page with space; only the responses count.
      await until(() => sender.answers('503') >= 12);
      expect(backend.isRunning()).toBe(true);

      const stored = sender.answers('200');
      disk.makeRoom();
      const began = performance.now();
      // If the disk of the write-ahead log is full, PostgreSQL stops; somebody
      // restarts it.
      if (!server.isRunning()) {
        await server.up();
      }
      await until(() => sender.answers('200') > stored + 8);
      const recoveryMs = Math.round(performance.now() - began);
      await sender.stop();
      expect(backend.isRunning()).toBe(true);
      const books = await expectExact(knex, sender, ['200', '503']);
      expect(books.acknowledged).toBe(books.sent);
      expect([...sender.retryAfters].sort()).toEqual(['1', '2']);
      process.stdout.write(
        `PostgreSQL ${version}, full disk: ${JSON.stringify(books)}, answers ` +
          `${JSON.stringify(
            sender.statuses,
          )}, again 200 after ${recoveryMs} ms\n`,
      );
    },
  );
});

/** Waits for something that must happen within half a minute. */
async function until(happened: () => boolean): Promise<void> {
  for (let waitedMs = 0; !happened(); waitedMs += 50) {
    if (waitedMs > 30_000) {
      throw new Error(`Not within 30 s: ${happened}`);
    }
    await sleep(50);
  }
}
