import type {
  FleetPart,
  FleetReport,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import {
  confirmReports,
  type ConfirmedReport,
} from './database/confirmReports';
import { recordMetrics } from './database/recordMetrics';
import { toStorable } from '../database/toStorable';
import { fingerprintOf } from './fingerprintOf';
import { isComplete } from './isComplete';
import { readingsOf } from './readingsOf';
import { storeReport, type ReportChanges } from './storeReport';

/** Reports that are confirmed in one transaction; changes come in between. */
const CONFIRMED_TOGETHER = 100;
/** Beyond this number, the reports that were confirmed longest ago are forgotten. */
const MAX_REMEMBERED = 50_000;

/** A report of a stored resource. */
export interface ResourceReport {
  resourceId: number;
  report: FleetReport;
}

/** What this process last stored of a resource. */
interface Remembered {
  fingerprint: string;
  /** Says whether the stored report is still that one. */
  revision: string;
  readAtMs: ReadonlyMap<FleetPart, number>;
}

/** A report that says the same as the remembered one. */
interface Unchanged extends ResourceReport {
  confirmed: ConfirmedReport;
}

/**
 * Stores reports, changed ones first. Most say the same as the one before: they
 * move the times of many resources in one statement. The database decides
 * whether the stored report is still the one that they confirm; otherwise they
 * are stored like changed ones.
 */
export class ReportStore {
  readonly #knex: Knex;
  readonly #maxAgeMs: (provider: string, part: FleetPart) => number;
  readonly #remembered = new Map<number, Remembered>();

  constructor(options: {
    knex: Knex;
    /** If a part is not read for longer than this, its history has a gap. */
    maxAgeMs(provider: string, part: FleetPart): number;
  }) {
    this.#knex = options.knex;
    this.#maxAgeMs = options.maxAgeMs;
  }

  /** Stores reports and returns what changed. A report that fails affects no other. */
  async store(
    reports: readonly ResourceReport[],
    onError: (failed: ResourceReport, error: Error) => void,
  ): Promise<ReportChanges[]> {
    const changes: ReportChanges[] = [];
    const unchanged: Unchanged[] = [];
    const storeOne = async (each: ResourceReport) => {
      try {
        const stored = await this.#storeChanged(each);
        if (stored) changes.push(stored);
      } catch (error) {
        onError(each, error as Error);
      }
    };
    for (const each of reports) {
      const confirmed = this.#confirm(each);
      if (confirmed) unchanged.push({ ...each, confirmed });
      else await storeOne(each);
    }
    for (let at = 0; at < unchanged.length; at += CONFIRMED_TOGETHER) {
      const batch = unchanged.slice(at, at + CONFIRMED_TOGETHER);
      for (const each of await this.#storeUnchanged(batch)) {
        await storeOne(each);
      }
    }
    return changes;
  }

  async #storeChanged({
    resourceId,
    report,
  }: ResourceReport): Promise<ReportChanges | undefined> {
    const stored = await storeReport(this.#knex, resourceId, report, {
      maxAgeMs: part => this.#maxAgeMs(report.resource.provider, part),
    });
    if (!stored) return undefined;
    this.#remember(resourceId, {
      fingerprint: fingerprintOf(report),
      revision: stored.revision,
      readAtMs: stored.readAtMs,
    });
    return stored.changes;
  }

  /**
   * The confirmation that a report consists of; undefined if it says something
   * new: content, a part that was not read before, or the end of a gap.
   */
  #confirm({
    resourceId,
    report,
  }: ResourceReport): ConfirmedReport | undefined {
    const before = this.#remembered.get(resourceId);
    if (!before || before.fingerprint !== fingerprintOf(report)) {
      return undefined;
    }
    const readAt: ConfirmedReport['readAt'] = {};
    for (const [part, at] of readingsOf(report)) {
      const beforeMs = before.readAtMs.get(part);
      if (beforeMs === undefined || at.getTime() < beforeMs) return undefined;
      const maxAgeMs = this.#maxAgeMs(report.resource.provider, part);
      if (at.getTime() - beforeMs > maxAgeMs) return undefined;
      if (at.getTime() > beforeMs) readAt[part] = at.toISOString();
    }
    // Cached data of a provider that is unchanged is not a reading.
    if (Object.keys(readAt).length === 0) return undefined;
    return {
      resourceId,
      revision: before.revision,
      observedAt: new Date(report.observedAt),
      readAt,
      complete: isComplete(report),
    };
  }

  /** Returns the reports that confirm nothing, because what is stored has changed. */
  async #storeUnchanged(
    batch: readonly Unchanged[],
  ): Promise<readonly ResourceReport[]> {
    try {
      const ids = await this.#knex.transaction(async tx => {
        const stored = await confirmReports(
          tx,
          batch.map(({ confirmed }) => confirmed),
        );
        await recordMetrics(
          tx,
          batch.flatMap(({ resourceId, report }) =>
            stored.has(resourceId) && report.metrics
              ? [{ resourceId, series: toStorable(report.metrics) }]
              : [],
          ),
        );
        return stored;
      });
      for (const { confirmed } of batch) {
        if (ids.has(confirmed.resourceId)) this.#rememberTimes(confirmed);
      }
      return batch.filter(({ resourceId }) => !ids.has(resourceId));
    } catch {
      // One of them may have caused it: each is stored, or fails, on its own.
      return batch;
    }
  }

  #rememberTimes({ resourceId, revision, readAt }: ConfirmedReport) {
    const before = this.#remembered.get(resourceId);
    if (before?.revision !== revision) return;
    const times = Object.entries(readAt).map(
      ([part, at]) => [part as FleetPart, Date.parse(at)] as const,
    );
    this.#remember(resourceId, {
      ...before,
      readAtMs: new Map([...before.readAtMs, ...times]),
    });
  }

  #remember(resourceId: number, remembered: Remembered) {
    this.#remembered.delete(resourceId);
    this.#remembered.set(resourceId, remembered);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= MAX_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
  }
}
