import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { claimDelivery } from '../database/claimDelivery';
import { releaseDelivery } from '../database/releaseDelivery';
import { BodyReader } from '../../http/BodyReader';

/** How the sender of a webhook signs. */
export interface WebhookSignature {
  /** Whether the header has the format of a signature; if not, the body is not read. */
  isWellFormed: boolean;
  isGenuine(body: Uint8Array): boolean;
  /** Creates the response to every invalid signature, which is always the same. */
  refuse(): Error;
}

/** A webhook with a verified signature. */
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
 * Receives webhooks that are authenticated by a signature of the body.
 *
 * @remarks The body must be read before the sender is known. To keep attackers
 * from blocking the genuine sender, unverified bodies are limited per address
 * and in time, and a new body evicts the oldest one.
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

  /** @throws The error from `refuse` if the signature is invalid */
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
      this.#logger.info(`Ignored a repeated webhook from ${delivery.source}`);
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
