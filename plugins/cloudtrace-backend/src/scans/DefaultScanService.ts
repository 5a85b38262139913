import { InputError, NotFoundError } from '@backstage/errors';
import {
  DAY_MS,
  type ListFindingsQuery,
  type TriageRequest,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { findEntityId } from '../database/entities/findEntityId';
import { deriveStates } from './database/deriveStates';
import { expireTriage, hasExpired } from './database/expireTriage';
import type { FindingFilter } from './database/findingConditions';
import { insertEvents } from './database/insertEvents';
import {
  countFindings,
  findingSorts,
  listFindings,
  listTools,
  type ListedFinding,
} from './database/listFindings';
import { listIncomplete } from './database/listIncomplete';
import { listScans } from './database/listScans';
import { listSources } from './database/listSources';
import { listQualityGates } from './database/qualityGates';
import { withEntityLock } from './database/withEntityLock';
import { readFinding } from './database/readFinding';
import { readChanges, readCounts, readTrend } from './database/readSummary';
import { refreshCounts } from './database/refreshCounts';
import { triageFinding, type TriageDecision } from './database/triageFinding';
import type { CallOptions } from '../http/types';
import { encodeCursor } from '../http/cursor';
import { decodePosition } from './cursor';
import { writeCsv } from './export/writeCsv';
import { writeSarif, type ExportedFinding } from './export/writeSarif';
import { listOccurrences } from './listOccurrences';
import type { FindingsFile, ScanService } from './ScanService';
import {
  toFinding,
  toFindingDetails,
  toQualityGate,
  toScan,
  toSeverityCounts,
} from './toApi';

/** Longest time for which a risk may be accepted, plus a day for time zones. */
const MAX_ACCEPTED_MS = 367 * DAY_MS;
const TREND_POINTS = 30;
const EXPORT_PAGE = 1_000;
const MAX_EXPORTED = 50_000;
const scanTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads and triages findings in the database. */
export class DefaultScanService implements ScanService {
  readonly #knex: Knex;
  readonly #onChanged: (entityRef: string) => void;

  constructor(options: { knex: Knex; onChanged(entityRef: string): void }) {
    this.#knex = options.knex;
    this.#onChanged = options.onChanged;
  }

  async listScans(query: Parameters<ScanService['listScans']>[0]) {
    const after = decodePosition(query.cursor, scanTime);
    const entityId = await findEntityId(this.#knex, query.entityRef);
    if (entityId === undefined) return { items: [] };
    const rows = await listScans(this.#knex, {
      entityId,
      from: query.from,
      to: query.to,
      after: after && { at: new Date(after.value), id: after.id },
      limit: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: page.map(toScan),
      nextCursor:
        rows.length > page.length && last
          ? encodeCursor([last.received_at.toISOString(), last.scan_id])
          : undefined,
    };
  }

  async listFindings(query: ListFindingsQuery & { entityRef: string }) {
    const sort = query.sort ?? 'severity';
    const after = decodePosition(query.cursor, findingSorts[sort].pattern);
    const entityId = await this.#entity(query.entityRef);
    if (entityId === undefined) return { items: [], total: 0, tools: [] };
    const filter: FindingFilter = {
      entityId,
      states: query.state?.length ? query.state : ['open'],
      severities: query.severity,
      tools: query.tool,
      search: query.search,
      cve: query.cve,
      isNew: query.isNew,
    };
    const limit = query.limit ?? 50;
    const order = query.order ?? 'desc';
    const [rows, total, tools] = await Promise.all([
      listFindings(this.#knex, filter, {
        sort,
        order,
        after,
        limit: limit + 1,
      }),
      countFindings(this.#knex, filter),
      listTools(this.#knex, entityId),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toFinding),
      total,
      tools,
      nextCursor:
        rows.length > page.length && last
          ? encodeCursor([last.position, last.finding_id])
          : undefined,
    };
  }

  async getSummary(query: { entityRef: string; from: Date; to: Date }) {
    const { from, to } = query;
    const entityId = await this.#entity(query.entityRef);
    const range = { from: from.toISOString(), to: to.toISOString() };
    const step = (to.getTime() - from.getTime()) / TREND_POINTS;
    const times = Array.from(
      { length: TREND_POINTS },
      (_, i) => new Date(from.getTime() + Math.round(step * (i + 1))),
    );
    const [counts, changes, trend, gates, incomplete] =
      entityId === undefined
        ? [undefined, { added: 0, fixed: 0 }, [], [], []]
        : await Promise.all([
            readCounts(this.#knex, entityId),
            readChanges(this.#knex, entityId),
            readTrend(this.#knex, entityId, from, times),
            listQualityGates(this.#knex, entityId),
            listIncomplete(this.#knex, entityId),
          ]);
    return {
      ...range,
      asOf: counts?.last_scan_at?.toISOString(),
      // Without a complete scan nobody knows what is open.
      open: counts?.last_scan_at ? toSeverityCounts(counts) : undefined,
      acceptedCount: counts?.accepted ?? 0,
      falsePositiveCount: counts?.false_positive ?? 0,
      newSinceLastScan: counts?.last_scan_at ? changes.added : undefined,
      fixedSinceLastScan: counts?.last_scan_at ? changes.fixed : undefined,
      trend: trend.map(({ t, ...open }) => ({
        t: t.toISOString(),
        open: toSeverityCounts(open),
      })),
      qualityGates: gates.map(toQualityGate),
      incompleteScans: incomplete.map(toScan),
    };
  }

  async exportFindings(
    query: Parameters<ScanService['exportFindings']>[0],
  ): Promise<FindingsFile> {
    const entityId = await this.#entity(query.entityRef);
    const rows =
      entityId === undefined
        ? []
        : await this.#listAll({
            entityId,
            states: query.states?.length ? query.states : ['open'],
          });
    return query.format === 'csv'
      ? {
          contentType: 'text/csv; charset=utf-8',
          body: writeCsv(rows.map(toExported)),
        }
      : {
          contentType: 'application/sarif+json; charset=utf-8',
          body: writeSarif(await this.#withPlaces(entityId, rows)),
        };
  }

  /** @throws `InputError` if there are more than an export may have */
  async #listAll(filter: FindingFilter): Promise<ListedFinding[]> {
    const rows: ListedFinding[] = [];
    for (;;) {
      const last = rows.at(-1);
      const page = await listFindings(this.#knex, filter, {
        sort: 'severity',
        order: 'desc',
        after: last && { value: last.position, id: last.finding_id },
        limit: EXPORT_PAGE,
      });
      rows.push(...page);
      if (rows.length > MAX_EXPORTED) {
        throw new InputError(
          `More than ${MAX_EXPORTED} findings match; select fewer states`,
        );
      }
      if (page.length < EXPORT_PAGE) return rows;
    }
  }

  async #withPlaces(
    entityId: number | undefined,
    rows: readonly ListedFinding[],
  ): Promise<ExportedFinding[]> {
    const findings: ExportedFinding[] = [];
    for (let i = 0; i < rows.length; i += EXPORT_PAGE) {
      const page = rows.slice(i, i + EXPORT_PAGE);
      const sources = await listSources(
        this.#knex,
        entityId!,
        page.map(row => row.finding_id),
      );
      for (const row of page) {
        const { occurrences } = listOccurrences(
          row,
          sources.get(row.finding_id) ?? [],
        );
        findings.push({ ...toExported(row), occurrences });
      }
    }
    return findings;
  }

  async getFinding(query: { entityRef: string; findingId: string }) {
    const entityId = await this.#entity(query.entityRef);
    const stored =
      entityId === undefined
        ? undefined
        : await readFinding(this.#knex, entityId, query.findingId);
    if (!stored) throw noFinding(query);
    return toFindingDetails(stored);
  }

  async triage(
    request: Parameters<ScanService['triage']>[0],
    { credentials }: CallOptions,
  ) {
    const { entityRef, findingId } = request;
    const at = new Date();
    const decision = readDecision(request.triage, at);
    const { principal } = credentials as {
      principal: { userEntityRef?: string; subject?: string };
    };
    const by = principal.userEntityRef ?? principal.subject ?? 'unknown';
    const entityId = await this.#entity(entityRef);
    if (entityId === undefined) throw noFinding(request);
    await withEntityLock(this.#knex, entityId, async tx => {
      const before = await triageFinding(tx, {
        entityId,
        findingId,
        decision,
        by,
        at,
      });
      if (!before) throw noFinding(request);
      if (!decision && !before.hadDecision) return;
      await deriveStates(tx, { entityId, findingIds: [findingId], at });
      await insertEvents(tx, entityId, at, [
        {
          findingId,
          kind: decision?.state ?? 'triage-removed',
          actor: by,
          reason: decision?.reason ?? request.triage.reason,
        },
      ]);
      await refreshCounts(tx, entityId, at, false);
    });
    this.#onChanged(entityRef);
    return this.getFinding({ entityRef, findingId });
  }

  /** The entity's number, after all expired decisions are undone. */
  async #entity(entityRef: string): Promise<number | undefined> {
    const entityId = await findEntityId(this.#knex, entityRef);
    if (entityId === undefined) return undefined;
    if (await hasExpired(this.#knex, entityId)) {
      await expireTriage(this.#knex, entityId);
    }
    return entityId;
  }
}

function toExported(row: ListedFinding) {
  return { ...toFinding(row), description: row.description ?? undefined };
}

function readDecision(
  triage: TriageRequest,
  now: Date,
): TriageDecision | undefined {
  if (triage.state === 'open') return undefined;
  const reason = triage.reason?.trim();
  if (!reason || reason.length < 3) {
    throw new InputError(
      `Missing property 'reason': give a reason of at least three characters`,
    );
  }
  if (triage.state === 'false-positive') {
    return { state: triage.state, reason, owner: null, expiresAt: null };
  }
  const owner = triage.owner?.trim();
  if (!owner) {
    throw new InputError(
      `Missing property 'owner': an accepted risk needs an owner`,
    );
  }
  if (!triage.expiresAt) {
    throw new InputError(
      `Missing property 'expiresAt': an accepted risk needs an end date`,
    );
  }
  const expiresAt = new Date(triage.expiresAt);
  const untilMs = expiresAt.getTime() - now.getTime();
  if (!(untilMs > 0 && untilMs <= MAX_ACCEPTED_MS)) {
    throw new InputError(
      `Invalid body: 'expiresAt' must be in the future, at most a year ahead`,
    );
  }
  return { state: triage.state, reason, owner, expiresAt };
}

/** Whoever gets this may see the entity: access is checked before. */
function noFinding(query: { entityRef: string; findingId: string }) {
  return new NotFoundError(
    `Finding ${query.findingId} of ${query.entityRef} not found`,
  );
}
