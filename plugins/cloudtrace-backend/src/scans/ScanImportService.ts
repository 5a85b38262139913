import { InputError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  wordTexts,
  type Scan,
  type ScanCut,
  type Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { boundListener } from './boundListener';
import { endStreams } from './database/endStreams';
import {
  ensureStream,
  type ScanStream,
  type StreamSource,
} from './database/ensureStream';
import { findSameScan } from './database/findScan';
import { findStreams } from './database/findStreams';
import { insertScan } from './database/insertScan';
import { listSourceStreams } from './database/listSourceStreams';
import { withEntityLock } from './database/withEntityLock';
import { refreshCounts } from './database/refreshCounts';
import { replaceFindings, type ScanOutcome } from './database/replaceFindings';
import type { KeyedScan } from './identity/KeyedScan';
import { plainText } from './importers/plainText';
import { RefusedScanError } from './worker/RefusedScanError';
import type { ScanParserPool } from './worker/ScanParserPool';
import { shortRef } from '../tokens/shortRef';
import { roleOf } from './roleOf';
import { UncheckedPaths } from './UncheckedPaths';
import { UNNAMED } from './worker/uniteScans';

/** Maximum length of the reason why a scan is incomplete. */
const MAX_REASON_LENGTH = 1_000;

/** What a sender states about a file. */
export interface ScanUpload {
  entityRef: string;
  entityId: number;
  /** Sender, for the record; `token:<id>` for tokens. */
  sentBy: string;
  /** Origin of a pulled file; absent for uploads. */
  source?: StreamSource;
  importer: ScanImporter;
  body: Uint8Array;
  gzip: boolean;
  /** Checkout folder of the repository, for files with absolute paths. */
  checkoutUri?: string;
  /** SHA-256 of the body. */
  digest: Buffer;
  category?: string;
  ref?: string;
  commit?: string;
  analysedAt?: Date;
  /** What the sender cut before creating the file, by the tool's name. */
  cuts?: Readonly<Record<string, ScanCut[]>>;
  /** Why the sender did not check everything; the scans then fix nothing. */
  incomplete?: Wording;
}

/** A scan as it was stored. */
export type TakenScan = Pick<
  Scan,
  | 'scanId'
  | 'tool'
  | 'category'
  | 'ref'
  | 'status'
  | 'findings'
  | 'newFindings'
  | 'fixedFindings'
  | 'reopenedFindings'
  | 'cuts'
  | 'incomplete'
> & {
  /** True if the identical file was accepted before. */
  replayed: boolean;
};

/** A scan as it was stored, and what it did to its stream. */
interface TakenStream {
  scan: TakenScan;
  streamId: string;
  /** Whether it became the current scan; an earlier file without a commit may become it again. */
  isReplaced: boolean;
  alarming: ScanOutcome['alarming'];
}

/** Called with accepted scans and their new findings. */
export interface ScanListener {
  onImported(
    entityRef: string,
    alarming: ScanOutcome['alarming'],
  ): Promise<void>;
}

/**
 * Imports scans: parses a file off the event loop, then lets each of its scans
 * replace the previous one of its tool, category and ref. A file is imported
 * completely or not at all.
 */
export class ScanImportService {
  readonly #knex: Knex;
  readonly #parser: ScanParserPool;
  readonly #listener: ScanListener;

  constructor(options: {
    knex: Knex;
    parser: ScanParserPool;
    listener: ScanListener;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#parser = options.parser;
    this.#listener = boundListener(options.listener, options.logger);
  }

  /** Whether the pool is too busy to read another file. */
  get busy(): boolean {
    return this.#parser.full;
  }

  /** @throws `InputError` that describes the problem with the file */
  async import(given: ScanUpload): Promise<TakenScan[]> {
    const upload = {
      ...given,
      category: cleanName(given.category),
      ref: given.ref && shortRef(cleanName(given.ref) ?? ''),
    };
    let scans: KeyedScan[];
    try {
      const parsed = await this.#parser.parse(upload.importer, upload);
      scans = parsed.map(scan => ({
        ...scan,
        incomplete: upload.incomplete ?? scan.incomplete,
        cuts: [...(upload.cuts?.[scan.tool] ?? []), ...scan.cuts],
      }));
    } catch (error) {
      if (error instanceof InputError) await this.#noteFailure(upload, error);
      throw error;
    }
    const receivedAt = new Date();
    const { entityId } = upload;
    const taken = await withEntityLock(this.#knex, entityId, async tx => {
      const results: TakenStream[] = [];
      for (const scan of scans) {
        results.push(await takeScan(tx, { upload, scan, receivedAt }));
      }
      if (results.some(({ isReplaced }) => isReplaced)) {
        const isComplete = scans.every(({ incomplete }) => !incomplete);
        if (isComplete) {
          const streamIds = results.map(({ streamId }) => streamId);
          await endRenamed(tx, { upload, streamIds, receivedAt });
          await endUndivided(tx, { upload, scans, receivedAt });
        }
        await refreshCounts(tx, upload.entityId, receivedAt, isComplete);
      }
      return results;
    });
    await this.#listener.onImported(
      upload.entityRef,
      taken.flatMap(({ alarming }) => alarming),
    );
    return taken.map(({ scan }) => scan);
  }

  /**
   * Ends the streams that a source no longer has for an entity: findings that
   * nothing else reports become fixed, with the reason.
   *
   * @returns Number of ended streams
   */
  async endPulled(options: {
    entityRef: string;
    entityId: number;
    source: string;
    isGone: (target: string) => boolean;
    reason: string;
  }): Promise<number> {
    const { entityRef, entityId, source, reason } = options;
    const ended = await withEntityLock(this.#knex, entityId, async tx => {
      const pulled = await listSourceStreams(tx, { entityId, source });
      const streams = pulled.filter(({ target }) => options.isGone(target));
      if (streams.length === 0) return 0;
      const at = new Date();
      await endStreams(tx, { entityId, streams, at, reason });
      await refreshCounts(tx, entityId, at, false);
      return streams.length;
    });
    if (ended > 0) await this.#listener.onImported(entityRef, []);
    return ended;
  }

  async #noteFailure(upload: ScanUpload, error: InputError): Promise<void> {
    const wording =
      error instanceof RefusedScanError ? error.wording : undefined;
    await insertScan(this.#knex, {
      ...toScanRow(upload, undefined, new Date()),
      scan_id: randomUUID(),
      stream_id: null,
      status: 'failed',
      error: plainText(error.message, 2_000),
      coded: wordTexts({ error: wording }).coded ?? null,
      digest: upload.digest,
      ...nothing,
      cuts: [],
    });
  }
}

/** A project renamed since its last pull must not be listed twice. */
async function endRenamed(
  tx: Knex.Transaction,
  options: { upload: ScanUpload; streamIds: string[]; receivedAt: Date },
): Promise<void> {
  const { upload, streamIds, receivedAt } = options;
  const { entityId, source } = upload;
  if (!source) return;
  const pulled = await listSourceStreams(tx, { entityId, source: source.name });
  await endStreams(tx, {
    entityId,
    streams: pulled.filter(
      ({ target, streamId }) =>
        target === source.target && !streamIds.includes(streamId),
    ),
    at: receivedAt,
    reason: 'The source renamed the project or its branch',
  });
}

/**
 * Earlier versions stored all parts with the same category as one stream, so
 * that the last upload replaced the previous ones. That stream ends when its
 * parts have their own streams; otherwise nothing would ever replace it.
 */
async function endUndivided(
  tx: Knex.Transaction,
  options: { upload: ScanUpload; scans: KeyedScan[]; receivedAt: Date },
): Promise<void> {
  const { upload, scans, receivedAt } = options;
  const { entityId, category, ref = UNNAMED } = upload;
  const tools = scans.flatMap(({ part, tool }) => (part ? [tool] : []));
  if (!category || tools.length === 0) return;
  await endStreams(tx, {
    entityId,
    streams: await findStreams(tx, { entityId, tools, category, ref }),
    at: receivedAt,
    reason: 'Each part of the category now has its own scans',
  });
}

/** Names from parameters and other systems are cleaned like those in files. */
function cleanName(name: string | undefined): string | undefined {
  return (name && plainText(name, 256)) || undefined;
}

const nothing = {
  findings: 0,
  new_findings: 0,
  fixed_findings: 0,
  reopened_findings: 0,
};

function toScanRow(
  upload: ScanUpload,
  scan: KeyedScan | undefined,
  receivedAt: Date,
) {
  const said = upload.analysedAt ?? scan?.analysedAt;
  const { incomplete, coded } = wordTexts({
    incomplete:
      scan?.incomplete ?? new UncheckedPaths(scan?.uncheckedPaths).describe(),
  });
  return {
    entity_id: upload.entityId,
    tool: scan?.tool ?? upload.importer.title,
    tool_version: scan?.toolVersion ?? null,
    category: scan?.category ?? upload.category ?? UNNAMED,
    ref: upload.ref || UNNAMED,
    commit_sha: upload.commit ?? scan?.commit ?? null,
    format: upload.importer.id,
    // A clock that is ahead must not make every later scan count as late.
    analysed_at: said && said < receivedAt ? said : null,
    received_at: receivedAt,
    duration_ms: scan?.durationMs ?? null,
    incomplete: incomplete?.slice(0, MAX_REASON_LENGTH) ?? null,
    coded: coded ?? null,
    sent_by: upload.sentBy,
  };
}

type ScanRow = ReturnType<typeof toScanRow>;

async function takeScan(
  tx: Knex.Transaction,
  options: {
    upload: ScanUpload;
    scan: KeyedScan;
    receivedAt: Date;
  },
): Promise<TakenStream> {
  const { upload, scan, receivedAt } = options;
  const { entityId } = upload;
  const row = toScanRow(upload, scan, receivedAt);
  const digest = createHash('sha256')
    .update(upload.digest)
    .update(JSON.stringify([row.category, row.ref, row.commit_sha]))
    .digest();
  const stream = await ensureStream(tx, entityId, {
    ...row,
    source: upload.source,
  });
  const same = await findSameScan(tx, {
    entityId,
    streamId: stream.streamId,
    digest,
  });
  const role = roleOf({ row, stream, same });
  const scanId = role === 'current' ? same! : randomUUID();
  const outcome =
    role === 'newer'
      ? await makeCurrent(tx, { upload, scan, row, stream, scanId })
      : { ...unchanged, findings: scan.findings.length };
  const status = role === 'outdated' ? 'superseded' : 'imported';
  if (role !== 'current') {
    await insertScan(tx, {
      ...row,
      scan_id: scanId,
      stream_id: stream.streamId,
      status,
      error: null,
      digest,
      findings: outcome.findings,
      new_findings: outcome.newFindings,
      fixed_findings: outcome.fixedFindings,
      reopened_findings: outcome.reopenedFindings,
      cuts: scan.cuts,
    });
  }
  const { alarming, ...counts } = outcome;
  return {
    scan: {
      scanId,
      tool: row.tool,
      category: row.category,
      ref: row.ref,
      status,
      ...counts,
      cuts: scan.cuts,
      incomplete: row.incomplete ?? undefined,
      replayed: same !== undefined,
    },
    streamId: stream.streamId,
    isReplaced: role === 'newer',
    alarming,
  };
}

/** Lets a scan replace the previous one of its stream. */
async function makeCurrent(
  tx: Knex.Transaction,
  options: {
    upload: ScanUpload;
    scan: KeyedScan;
    row: ScanRow;
    stream: ScanStream;
    scanId: string;
  },
): Promise<ScanOutcome> {
  const { scan, row, stream, scanId } = options;
  const { entityId } = options.upload;
  const outcome = await replaceFindings(tx, {
    entityId,
    streamId: stream.streamId,
    scanId,
    scan,
    category: row.category,
    ref: row.ref,
    commit: row.commit_sha ?? undefined,
    receivedAt: row.received_at,
  });
  if (!scan.incomplete && !scan.uncheckedPaths) {
    await endStreams(tx, {
      entityId,
      streams: stream.outdated,
      at: row.received_at,
      reason: `Its branch is now scanned as ${row.ref}`,
    });
  }
  await tx.raw(
    `UPDATE scan_streams SET current_scan_id = ?,
            analysed_at = greatest(analysed_at, ?::timestamptz)
      WHERE entity_id = ? AND stream_id = ?`,
    [scanId, row.analysed_at, entityId, stream.streamId],
  );
  return outcome;
}

const unchanged = {
  newFindings: 0,
  fixedFindings: 0,
  reopenedFindings: 0,
  alarming: [],
};
