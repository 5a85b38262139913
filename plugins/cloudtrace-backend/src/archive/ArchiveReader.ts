import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ArchiveCount,
  ArchivedRequest,
  ArchiveFile,
  ArchiveFilter,
  ArchiveGroupBy,
  ArchiveQuery,
  RequestArchive,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { findEntityId } from '../database/entities/findEntityId';
import { listArchivedDays, readArchiveDay } from './database/archiveDays';
import { listEntityFiles } from './database/archiveFiles';
import type { ManifestFile } from './types';

/** Requests whose rows are read to count them; a day of most entities has fewer. */
const MAX_COUNTED = 2_000_000;

/** Days that a response lists at most. */
const MAX_DAYS = 400;

/** A number of requests in the newest part of a range. */
export interface ArchiveCounts {
  counts: ArchiveCount[];
  /** First moment of the part that was counted, if it is not all of it. */
  since?: Date;
}

/** Reads archived days, each by itself. */
export class ArchiveReader {
  readonly #knex: Knex;
  readonly #archive: RequestArchive;

  constructor(options: { knex: Knex; archive: RequestArchive }) {
    this.#knex = options.knex;
    this.#archive = options.archive;
  }

  /** Whether the requests of a day (ISO date, UTC) are only in the archive. */
  async hasDay(day: string): Promise<boolean> {
    const row = await readArchiveDay(this.#knex, day);
    return row?.state === 'dropped';
  }

  /** The archived days (UTC) of a range, newest first, at most 400. */
  async listDays(from: Date, to: Date): Promise<string[]> {
    return listArchivedDays(this.#knex, {
      from: isoDay(from),
      to: isoDay(new Date(to.getTime() - 1)),
      limit: MAX_DAYS,
    });
  }

  /**
   * Reads a page of requests of one day.
   *
   * @throws `ServiceUnavailableError` if the archive could not be read
   */
  async search(day: string, query: ArchiveQuery): Promise<ArchivedRequest[]> {
    const files = await this.#filesOf(day, query);
    if (query.order === 'oldest') files.reverse();
    return this.#read(day, () =>
      this.#archive.search(files.map(toStored), query),
    );
  }

  /**
   * Counts requests of one day, in its newest part if there are too many.
   *
   * @throws `ServiceUnavailableError` if the archive could not be read
   */
  async count(
    day: string,
    filter: ArchiveFilter,
    options?: {
      groupBy: ArchiveGroupBy;
      durationBoundsUs: readonly number[];
    },
  ): Promise<ArchiveCounts> {
    const files = await this.#filesOf(day, filter);
    let requests = 0;
    const counted = files.filter((file, i) => {
      requests += file.requests;
      return i === 0 || requests <= MAX_COUNTED;
    });
    const counts = await this.#read(day, () =>
      this.#archive.count(counted.map(toStored), filter, options),
    );
    return counted.length < files.length
      ? { counts, since: counted[counted.length - 1].from }
      : { counts };
  }

  async #filesOf(day: string, filter: ArchiveFilter): Promise<ManifestFile[]> {
    const row = await readArchiveDay(this.#knex, day);
    if (row && row.location !== this.#archive.location) {
      throw new ServiceUnavailableError(
        `The requests of ${day} are archived in ${
          row.location
        }, but cloudtrace.archive is ${this.#archive.location}`,
      );
    }
    const entityId = await findEntityId(this.#knex, filter.entityRef);
    return entityId === undefined
      ? []
      : listEntityFiles(this.#knex, {
          day,
          entityId,
          from: filter.from,
          to: filter.to,
        });
  }

  async #read<T>(day: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      // Without its cause, which would hide the message as that of an outage.
      throw new ServiceUnavailableError(
        `The archived requests of ${day} could not be read: ${
          (error as Error).message
        }`,
      );
    }
  }
}

/** The day (UTC) of a time as an ISO date. */
export function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function toStored({ path, bytes, sha256 }: ManifestFile): ArchiveFile {
  return { path, bytes: bytes!, sha256: sha256! };
}
