import { OTHER_SERVICES } from '../../platform/database/unknownServices';
import type { ServiceNames } from '../../platform/names/ServiceNames';
import type {
  NoServiceOwner,
  PlatformSender,
  ServiceIdentity,
  ServiceOwner,
} from '../../platform/types';
import {
  BodyTooLargeError,
  IngestUnavailableError,
  MalformedBodyError,
  QuotaExceededError,
} from '../errors';
import type { IngestService, OtlpEncoding } from '../IngestService';
import type { IngestQuotas } from '../quotas/IngestQuotas';
import { addOutcome, emptyOutcome, type IngestOutcome } from '../types';
import { BodyPart } from './BodyPart';
import { Refusals, type RefusalReason } from './Refusals';
import { countSpans, splitBody } from './splitBody';

/** Services of one body that are stored; a batch of a company has fewer. */
const MAX_PARTS = 1_000;

/** Unknown services of one body that are named. */
const MAX_UNKNOWN = 1_000;

/** Dependencies of {@link ServiceIngest}. */
export interface ServiceIngestOptions {
  ingest: Pick<IngestService, 'ingest' | 'assertUsable'>;
  quotas: IngestQuotas;
  directory: {
    names(): Promise<ServiceNames>;
    noteUnknown(): void;
    knownEntityId(entityRef: string): number | undefined;
    entityId(entityRef: string): Promise<number>;
  };
  unknownServices: {
    count(service: ServiceIdentity, why: NoServiceOwner, spans: number): void;
  };
  maxFieldsPerRequest: number;
}

/** A body with its sender. */
export interface ServicesBody {
  sender: PlatformSender;
  names: ServiceNames;
  body: Buffer;
  encoding: OtlpEncoding;
  /** Reserves memory. @throws if there is none */
  take: (bytes: number) => void;
}

interface Part extends ServiceOwner {
  service: ServiceIdentity;
  part: BodyPart;
}

interface Unknown {
  service: ServiceIdentity;
  why: NoServiceOwner;
  spans: number;
}

/**
 * Stores a body that contains the requests of many services: each service as a
 * body of its own.
 *
 * @remarks A part is all of a body that has the same service and environment,
 * whatever entity it belongs to: it has the same fingerprint when the sender
 * repeats it, even if services were assigned meanwhile.
 */
export class ServiceIngest {
  readonly #options: ServiceIngestOptions;

  constructor(options: ServiceIngestOptions) {
    this.#options = options;
  }

  /** @throws IngestUnavailableError if names cannot be looked up yet */
  async names(): Promise<ServiceNames> {
    try {
      return await this.#options.directory.names();
    } catch (cause) {
      throw new IngestUnavailableError(
        'The services of the catalog could not be read; send the requests again',
        { cause },
      );
    }
  }

  /**
   * Stores what can be stored. The rest is in `refusals`.
   *
   * @throws MalformedBodyError, BodyTooLargeError; QuotaExceededError or
   * IngestUnavailableError if nothing was stored and a retry helps
   */
  async store(
    request: ServicesBody,
  ): Promise<{ outcome: IngestOutcome; refusals: Refusals }> {
    const { outcome, parts, unknown } = this.#split(request);
    const results = await Promise.allSettled(
      parts.map(part => this.#storePart(part, request)),
    );
    const failures: Failure[] = [];
    let stored = false;
    results.forEach((result, i) => {
      if (result.status === 'fulfilled') {
        stored = true;
        addOutcome(outcome, result.value);
      } else {
        failures.push({ ...parts[i], ...classify(result.reason) });
      }
    });
    if (!stored) throwIfRetryHelps(failures, unknown.length === 0);

    const refusals = new Refusals();
    for (const { service, why, spans } of unknown) {
      this.#options.unknownServices.count(service, why, spans);
      refusals.add(why.reason, label(service, why), spans);
    }
    if (unknown.some(({ why }) => why.reason === 'unknown')) {
      this.#options.directory.noteUnknown();
    }
    for (const { service, part, reason, error } of failures) {
      const detail =
        reason === 'malformed'
          ? describeMalformed(error as MalformedBodyError, part)
          : undefined;
      refusals.add(reason, service.name, spansOf(part, request), detail);
    }
    return { outcome, refusals };
  }

  #split({ sender, names, body, encoding }: ServicesBody) {
    const { maxFieldsPerRequest } = this.#options;
    const parts = new Map<string, Part>();
    const unknown = new Map<string, Unknown>();
    const outcome = emptyOutcome();
    outcome.foreign = splitBody(
      body,
      encoding,
      maxFieldsPerRequest,
      (service, start, end) => {
        const owner = names.find(sender, service);
        const { name, namespace, environment } = service;
        const key = `${name}\n${namespace}\n${environment}`;
        if ('reason' in owner) {
          const spans = countSpans(body, encoding, start, end);
          addUnknown(unknown, key, { service, why: owner, spans });
          return;
        }
        let part = parts.get(key);
        if (!part) {
          if (parts.size >= MAX_PARTS) {
            throw new BodyTooLargeError(
              `The body has more than ${MAX_PARTS} services; send smaller batches`,
            );
          }
          part = { ...owner, service, part: new BodyPart(encoding) };
          parts.set(key, part);
        }
        part.part.add(start, end);
      },
    );
    return {
      outcome,
      unknown: [...unknown.values()],
      parts: [...parts.values()],
    };
  }

  async #storePart(
    { entityRef, environment, part }: Part,
    { sender, body, encoding, take }: ServicesBody,
  ): Promise<IngestOutcome> {
    const { directory, ingest, quotas } = this.#options;
    // Without waiting if possible: parts that arrive together are committed
    // together.
    const entityId =
      directory.knownEntityId(entityRef) ??
      (await directory.entityId(entityRef));
    const account = { rate: `${sender.tokenId}/${entityId}`, entityId };
    quotas.check(account);
    ingest.assertUsable({ entityId });
    const bytes = part.toBody(body, take);
    const outcome = await ingest.ingest(
      { entityId, entityRef, environment },
      bytes,
      encoding,
    );
    quotas.spend(account, bytes.length, outcome.stored);
    return outcome;
  }
}

/** Adds spans; from {@link MAX_UNKNOWN} names on, to those of others. */
function addUnknown(
  all: Map<string, Unknown>,
  key: string,
  unknown: Unknown,
): void {
  if (unknown.spans === 0) return;
  const full = all.size >= MAX_UNKNOWN && !all.has(key);
  const sum = all.get(full ? OTHER_SERVICES : key);
  if (sum) {
    sum.spans += unknown.spans;
  } else if (full) {
    const service = { name: OTHER_SERVICES, namespace: '', environment: '' };
    const why = { reason: unknown.why.reason };
    all.set(OTHER_SERVICES, { ...unknown, service, why });
  } else {
    all.set(key, unknown);
  }
}

interface Failure extends Part {
  reason: RefusalReason;
  error: Error;
}

function classify(error: Error): Pick<Failure, 'reason' | 'error'> {
  if (error instanceof QuotaExceededError) return { reason: 'quota', error };
  if (error instanceof MalformedBodyError) {
    return { reason: 'malformed', error };
  }
  if (error instanceof BodyTooLargeError) {
    return { reason: 'too-large', error };
  }
  return { reason: 'unavailable', error };
}

/** Nothing was stored: a retry of everything is harmless. */
function throwIfRetryHelps(
  failures: readonly Failure[],
  onlyFailures: boolean,
): void {
  const retriable = failures.filter(
    ({ reason }) => reason === 'quota' || reason === 'unavailable',
  );
  const worst =
    retriable.find(({ reason }) => reason === 'unavailable') ?? retriable[0];
  if (worst) throw worst.error;
  // The sender's fault, and nothing else to report.
  if (onlyFailures && failures.length > 0) {
    const { error, part } = failures[0];
    throw error instanceof MalformedBodyError
      ? new MalformedBodyError(
          error.reason,
          part.positionInBody(error.position),
        )
      : error;
  }
}

function describeMalformed(error: MalformedBodyError, part: BodyPart): string {
  return `${error.reason} at byte ${part.positionInBody(error.position)}`;
}

function spansOf(part: BodyPart, { body, encoding }: ServicesBody): number {
  let spans = 0;
  for (const [start, end] of part.ranges()) {
    spans += countSpans(body, encoding, start, end);
  }
  return spans;
}

function label({ name }: ServiceIdentity, { environment }: NoServiceOwner) {
  return environment === undefined ? name : `${name} in ${environment}`;
}
