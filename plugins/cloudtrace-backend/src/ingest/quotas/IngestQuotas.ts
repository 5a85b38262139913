import { QuotaExceededError } from '../errors';
import type { DailyBytesQuota } from './DailyBytesQuota';
import type { SpanRateQuota } from './SpanRateQuota';

/** Who is charged for spans. */
export interface QuotaAccount {
  /** Whose spans per second count: a token, or a token and an entity. */
  rate: string;
  /** Whose bytes per day count. */
  entityId: number;
}

/** All quotas of ingest. */
export class IngestQuotas {
  readonly #spanRate: SpanRateQuota;
  readonly #dailyBytes: DailyBytesQuota;

  constructor(spanRate: SpanRateQuota, dailyBytes: DailyBytesQuota) {
    this.#spanRate = spanRate;
    this.#dailyBytes = dailyBytes;
  }

  /** @throws QuotaExceededError if a quota is used up */
  check({ rate, entityId }: QuotaAccount): void {
    if (this.#dailyBytes.isUsedUp(entityId)) {
      throw new QuotaExceededError(
        'The entity has used up its bytes for today (UTC)',
      );
    }
    if (this.#spanRate.waitSeconds(rate) > 0) {
      throw new QuotaExceededError(
        'The token exceeds its limit of spans per second',
      );
    }
  }

  /** Counts what was stored. */
  spend({ rate, entityId }: QuotaAccount, bytes: number, spans: number): void {
    this.#spanRate.spend(rate, spans);
    this.#dailyBytes.spend(entityId, bytes, spans);
  }
}
