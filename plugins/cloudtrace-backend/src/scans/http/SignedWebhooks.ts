import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { claimDelivery } from '../database/claimDelivery';
import { releaseDelivery } from '../database/releaseDelivery';
import { BodyReader } from '../../http/BodyReader';

/** What a webhook's sender signs with. */
export interface WebhookSignature {
  /** Whether it has the form of a signature; if not, the body is not read. */
  isWellFormed: boolean;
  isGenuine(body: Uint8Array): boolean;
  /** The answer for every wrong signature, the same for all. */
  refuse(): Error;
}

/** A webhook whose signature was checked. */
export interface SignedWebhook {
  body: Uint8Array;
  /**
   * Runs `accept` unless the webhook was accepted before.
   *
   * @returns `replayed` if it was
   */
  once<T>(accept: () => Promise<T>): Promise<T | 'replayed'>;
}

/**
 * Receives webhooks whose sender is known by a signature of the body.
 *
 * @remarks
 * The body has to be read before anybody knows who sent it. So that nobody can
 * keep the genuine sender out, what is read before that is bounded by address
 * and in time, and the oldest body gives way to a new one.
 */
export class SignedWebhooks {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #bodies: BodyReader;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    maxBytes: number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#bodies = new BodyReader({
      maxBytes: options.maxBytes,
      timeoutMs: 5_000,
      maxPerSender: 8,
      maxTotal: 64,
      yields: 'oldest',
    });
  }

  /** @throws What `refuse` says if the signature is wrong */
  async receive(
    req: Request,
    source: string,
    signature: WebhookSignature,
  ): Promise<SignedWebhook> {
    if (!signature.isWellFormed) throw signature.refuse();
    const { body, digest } = await this.#bodies.read(req, req.ip ?? '');
    if (!signature.isGenuine(body)) throw signature.refuse();
    return {
      body,
      once: accept => this.#once({ source, digest }, accept),
    };
  }

  async #once<T>(
    delivery: { source: string; digest: Buffer },
    accept: () => Promise<T>,
  ): Promise<T | 'replayed'> {
    if (!(await claimDelivery(this.#knex, delivery))) {
      this.#logger.info(`A webhook of ${delivery.source} was sent again`);
      return 'replayed';
    }
    try {
      return await accept();
    } catch (error) {
      await releaseDelivery(this.#knex, delivery);
      throw error;
    }
  }
}
