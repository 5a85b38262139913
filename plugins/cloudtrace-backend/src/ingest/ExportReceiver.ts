import { readBearerToken } from '../tokens/tokenFormat';
import type { TokenVerifier, VerifiedToken } from '../tokens/types';
import type { ServiceNames } from '../platform/names/ServiceNames';
import type { PlatformSender, PlatformTokenVerifier } from '../platform/types';
import type { FairTurns } from './http/FairTurns';
import { HttpError } from './http/HttpError';
import type { ReadBody } from './http/readBody';
import type { IngestMeter } from './IngestMeter';
import type { IngestService, OtlpEncoding } from './IngestService';
import { RPC_CODE } from './otlp/encodeAnswer';
import type { IngestQuotas } from './quotas/IngestQuotas';
import type { ServiceIngest } from './services/ServiceIngest';
import type { IngestOutcome, RefusedSpans } from './types';

/** Who sends, as its token says. */
export type ExportSender =
  | { kind: 'entity'; token: VerifiedToken }
  | { kind: 'platform'; sender: PlatformSender; names: ServiceNames };

/** What was stored of a body, and what was rejected of a platform's. */
export interface ExportResult {
  outcome: IngestOutcome;
  refused?: RefusedSpans;
}

/** Dependencies of {@link ExportReceiver}. */
export interface ExportReceiverOptions {
  tokens: TokenVerifier;
  ingest: IngestService;
  quotas: IngestQuotas;
  meter: IngestMeter;
  /** Schedules the decoding of bodies. */
  turns: FairTurns;
  /** Absent while platform tokens are off. */
  platform?: { tokens: PlatformTokenVerifier; ingest: ServiceIngest };
  /** Whether the backend is shutting down and accepts nothing more. */
  isDraining(): boolean;
}

/** Receives export requests, whatever the protocol they arrive by. */
export class ExportReceiver {
  readonly #options: ExportReceiverOptions;

  constructor(options: ExportReceiverOptions) {
    this.#options = options;
  }

  /**
   * Checks the token.
   *
   * @throws HttpError 401 and 503; StoppedTokenError; any other error if the
   * database is unavailable
   */
  async authorize(authorization: string | undefined): Promise<ExportSender> {
    const { tokens, platform, isDraining } = this.#options;
    if (isDraining()) {
      throw new HttpError(
        503,
        RPC_CODE.unavailable,
        'The backend is shutting down; try again',
      );
    }
    const bearer = readBearerToken(authorization);
    const token = await tokens.verify(bearer, 'requests');
    if (token) return { kind: 'entity', token };
    const sender = await platform?.tokens.verify(bearer);
    if (sender) {
      return {
        kind: 'platform',
        sender,
        names: await platform!.ingest.names(),
      };
    }
    throw new HttpError(
      401,
      RPC_CODE.unauthenticated,
      'An ingest token of the kind "requests" is required: Authorization: Bearer ctk_…',
      { 'www-authenticate': 'Bearer' },
    );
  }

  /**
   * Checks what is known before the body is read. For a platform token, this
   * depends on the body.
   *
   * @throws QuotaExceededError, IngestUnavailableError
   */
  admit(sender: ExportSender): void {
    if (sender.kind === 'platform') return;
    const { token } = sender;
    this.#options.quotas.check(accountOf(token));
    this.#options.ingest.assertUsable(token);
  }

  /**
   * Stores a body and releases it.
   *
   * @throws MalformedBodyError, BodyTooLargeError, IngestUnavailableError,
   * QuotaExceededError
   */
  async store(
    sender: ExportSender,
    body: ReadBody,
    encoding: OtlpEncoding,
  ): Promise<ExportResult> {
    const { turns, meter } = this.#options;
    try {
      const result = await turns.run(() =>
        sender.kind === 'entity'
          ? this.#storeOne(sender.token, body, encoding)
          : this.#storeMany(sender, body, encoding),
      );
      meter.countOutcome(result.outcome);
      return result;
    } finally {
      body.release();
    }
  }

  async #storeOne(
    token: VerifiedToken,
    body: ReadBody,
    encoding: OtlpEncoding,
  ): Promise<ExportResult> {
    const { ingest, quotas } = this.#options;
    const bytes = body.decode();
    const outcome = await ingest.ingest(token, bytes, encoding);
    quotas.spend(accountOf(token), bytes.length, outcome.stored);
    return { outcome };
  }

  async #storeMany(
    { sender, names }: Extract<ExportSender, { kind: 'platform' }>,
    body: ReadBody,
    encoding: OtlpEncoding,
  ): Promise<ExportResult> {
    const { platform, meter } = this.#options;
    const { outcome, refusals } = await platform!.ingest.store({
      sender,
      names,
      body: body.decode(),
      encoding,
      take: bytes => body.take(bytes),
    });
    for (const [reason, spans] of refusals.entries()) {
      meter.countRefused(reason, spans);
    }
    return { outcome, refused: refusals.describe() };
  }
}

function accountOf({ tokenId, entityId }: VerifiedToken) {
  return { rate: tokenId, entityId };
}
