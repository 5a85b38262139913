import type { LoggerService } from '@backstage/backend-plugin-api';
import { HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { listPartitions } from '../rollups/database/listPartitions';
import { partitionedTables } from '../rollups/database/partitionedTables';
import {
  advanceDay,
  clearFailures,
  forgetDay,
  listArchiveDays,
  readArchiveDay,
  recordFailure,
  UNPLANNED,
} from './database/archiveDays';
import {
  beginDay,
  listDayFiles,
  recordStored,
  recordVerified,
} from './database/archiveFiles';
import {
  copyRequests,
  summarizeRequests,
} from '../requests/database/copyRequests';
import {
  countByEntity,
  countByMinute,
  countDay,
  dayEnd,
} from '../requests/database/countDay';
import { dropDay, dropEmptyDay, hasPartition } from './database/dropDay';
import { isoDay } from './ArchiveReader';
import { describeFailure } from './describeFailure';
import { dayPrefix, planFiles } from './planFiles';
import type { ArchiveDay, ManifestFile } from './types';

/**
 * How long a day stays after its last request could arrive, for batches on
 * their way and replicas whose clock is off.
 */
const GRACE_MS = HOUR_MS;

const [REQUESTS] = partitionedTables;

/**
 * Moves the requests of past days from the database to the archive, a day at a
 * time. Each step is recorded when it is done and can be repeated, so a run
 * continues where the previous one ended, however it ended.
 */
export class ArchiveExporter {
  readonly #knex: Knex;
  readonly #archive: RequestArchive;
  readonly #logger: LoggerService;
  readonly #rawRetentionMs: number;
  readonly #now: () => Date;
  readonly #fileRequests?: number;

  constructor(options: {
    knex: Knex;
    archive: RequestArchive;
    logger: LoggerService;
    /** Maximum age of an arriving request; older days do not change any more. */
    rawRetentionMs: number;
    now?: () => Date;
    /** Requests per file, if not the usual number. */
    fileRequests?: number;
  }) {
    this.#knex = options.knex;
    this.#archive = options.archive;
    this.#logger = options.logger;
    this.#rawRetentionMs = options.rawRetentionMs;
    this.#now = options.now ?? (() => new Date());
    this.#fileRequests = options.fileRequests;
  }

  /** Exports all days that are due, oldest first, and deletes expired ones. A failing day does not stop the others. */
  async run(signal: AbortSignal): Promise<void> {
    for (const day of await this.#findDue()) {
      if (signal.aborted) return;
      await this.#attempt(day, 'archive', () => this.#exportDay(day, signal));
    }
    await this.#clearFailures();
    for (const day of await this.#findExpired()) {
      if (signal.aborted) return;
      await this.#attempt(day.day, 'delete', () => this.#expire(day, signal));
    }
  }

  /** Days with a partition that no request can reach any more. */
  async #findDue(): Promise<string[]> {
    const before = this.#now().getTime() - this.#rawRetentionMs - GRACE_MS;
    const partitions = await listPartitions(this.#knex, REQUESTS);
    const open = await listArchiveDays(this.#knex, [
      'exporting',
      'exported',
      'verified',
    ]);
    const days = partitions
      .filter(({ end }) => end.getTime() <= before)
      .map(({ start }) => isoDay(start));
    return [...new Set([...days, ...open.map(({ day }) => day)])].sort();
  }

  async #clearFailures(): Promise<void> {
    const partitions = await listPartitions(this.#knex, REQUESTS);
    await clearFailures(
      this.#knex,
      partitions.map(({ start }) => isoDay(start)),
    );
  }

  async #exportDay(day: string, signal: AbortSignal): Promise<void> {
    let row = await this.#begin(day);
    if (row.state === 'exporting') row = await this.#store(row, signal);
    if (row.state === 'exported') row = await this.#verify(row, signal);
    if (row.state === 'verified') await this.#drop(row, signal);
  }

  /** The day in the manifest, planned if it is new. */
  async #begin(day: string): Promise<ArchiveDay> {
    const known = await readArchiveDay(this.#knex, day);
    if (known?.generation === UNPLANNED) return this.#plan(day, UNPLANNED + 1);
    if (known && known.state !== 'dropped' && known.state !== 'deleting') {
      if (known.location !== this.#archive.location) {
        throw new Error(
          `its export to ${
            known.location
          } was not finished when cloudtrace.archive was changed to ${
            this.#archive.location
          }; change it back until the day is archived`,
        );
      }
      return known;
    }
    if (known) {
      if (await dropEmptyDay(this.#knex, day)) return known;
      throw new Error(
        'it is in the archive already, but there are more requests of it in the database, which the archive hides; remove its partition, or its files together with its row in request_archive_days',
      );
    }
    return this.#plan(day, UNPLANNED + 1);
  }

  async #plan(day: string, generation: number): Promise<ArchiveDay> {
    const files = await planFiles(
      { day, generation },
      await countByEntity(this.#knex, day),
      entityId => countByMinute(this.#knex, day, entityId),
      this.#fileRequests,
    );
    const { location } = this.#archive;
    await beginDay(this.#knex, { day, generation, location }, files);
    return (await readArchiveDay(this.#knex, day))!;
  }

  async #store(row: ArchiveDay, signal: AbortSignal): Promise<ArchiveDay> {
    for (const file of await listDayFiles(this.#knex, row.day)) {
      if (file.sha256 !== undefined) continue;
      signal.throwIfAborted();
      const { requests, checksum } = await summarizeRequests(this.#knex, file);
      if (requests !== file.requests) {
        await this.#assertNamed(row);
        return this.#startAgain(row);
      }
      const stored = await copyRequests(this.#knex, file, rows =>
        this.#archive.write(file.path, rows, { signal }),
      );
      await recordStored(this.#knex, row.day, { ...stored, checksum });
    }
    return this.#advance(row, 'exported');
  }

  /** Rows without their names would be missing in every attempt. */
  async #assertNamed(row: ArchiveDay): Promise<void> {
    if ((await countDay(this.#knex, row.day)) === row.requests) {
      throw new Error(
        'some of its requests refer to an instance, route or service that is not stored',
      );
    }
  }

  async #verify(row: ArchiveDay, signal: AbortSignal): Promise<ArchiveDay> {
    for (const file of await listDayFiles(this.#knex, row.day)) {
      if (file.verified) continue;
      signal.throwIfAborted();
      if (!(await this.#isExact(file, signal))) return this.#startAgain(row);
      await recordVerified(this.#knex, row.day, file.path);
    }
    return this.#advance(row, 'verified');
  }

  /** Whether a stored file has the same rows as the database had. */
  async #isExact(file: ManifestFile, signal: AbortSignal): Promise<boolean> {
    const { path, bytes, sha256 } = file;
    const found = await this.#archive.summarize(
      { path, bytes: bytes!, sha256: sha256! },
      { signal },
    );
    return found.requests === file.requests && found.checksum === file.checksum;
  }

  async #drop(row: ArchiveDay, signal: AbortSignal): Promise<void> {
    await this.#removeLeftovers(row.day, signal);
    signal.throwIfAborted();
    const result = await dropDay(this.#knex, row);
    if (result === 'changed') {
      await this.#startAgain(row);
    } else if (result === 'dropped') {
      this.#logger.info(
        `Archived ${row.requests} requests of ${row.day} in ${
          this.#archive.location
        }`,
      );
    }
  }

  /** Removes files of attempts that were not completed: other tools read the whole folder. */
  async #removeLeftovers(day: string, signal: AbortSignal): Promise<void> {
    const files = await listDayFiles(this.#knex, day);
    const known = new Set(files.map(({ path }) => path));
    const stored = await this.#archive.list(dayPrefix(day), { signal });
    await this.#archive.delete(
      stored.filter(path => !known.has(path)),
      { signal },
    );
  }

  /** Plans the day again with new files; the next run goes on with them. */
  async #startAgain(row: ArchiveDay): Promise<never> {
    if (!(await hasPartition(this.#knex, row.day))) {
      throw new Error(
        'its partition was dropped before all of it was archived',
      );
    }
    this.#logger.warn(
      `The requests of ${row.day} are not as they were when their export began; it begins again`,
    );
    await this.#plan(row.day, row.generation + 1);
    throw new Error(
      'its requests changed during the export, which began again',
    );
  }

  async #advance(
    row: ArchiveDay,
    next: 'exported' | 'verified',
  ): Promise<ArchiveDay> {
    if (!(await advanceDay(this.#knex, row, next))) {
      throw new Error('another replica continues its export');
    }
    return { ...row, state: next };
  }

  async #findExpired(): Promise<ArchiveDay[]> {
    const { retentionMs } = this.#archive;
    const deleting = await listArchiveDays(this.#knex, ['deleting']);
    if (retentionMs === undefined) return deleting;
    const before = this.#now().getTime() - retentionMs;
    const dropped = await listArchiveDays(this.#knex, ['dropped']);
    return [
      ...deleting,
      ...dropped.filter(({ day }) => dayEnd(day).getTime() <= before),
    ];
  }

  /** Deletes a day; from the first step on, nobody searches it any more. */
  async #expire(row: ArchiveDay, signal: AbortSignal): Promise<void> {
    if (row.location !== this.#archive.location) {
      throw new Error(
        `it is in ${row.location}, but cloudtrace.archive is ${
          this.#archive.location
        }`,
      );
    }
    if (row.state === 'dropped') {
      await advanceDay(this.#knex, row, 'deleting');
    }
    const stored = await this.#archive.list(dayPrefix(row.day), { signal });
    await this.#archive.delete(stored, { signal });
    await forgetDay(this.#knex, row.day);
    this.#logger.info(`Deleted ${row.day} from ${this.#archive.location}`);
  }

  async #attempt(
    day: string,
    what: 'archive' | 'delete',
    run: () => Promise<void>,
  ): Promise<void> {
    try {
      await run();
    } catch (error) {
      const { message } = error as Error;
      this.#logger.warn(`Could not ${what} the requests of ${day}: ${message}`);
      await this.#recordFailure(day, error as Error);
    }
  }

  async #recordFailure(day: string, error: Error): Promise<void> {
    try {
      await recordFailure(this.#knex, {
        day,
        location: this.#archive.location,
        error: describeFailure(error),
      });
    } catch (notRecorded) {
      this.#logger.warn(
        `Could not record that the archive failed: ${notRecorded}`,
      );
    }
  }
}
