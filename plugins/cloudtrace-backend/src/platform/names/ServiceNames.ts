import type {
  NoServiceOwner,
  PlatformSender,
  ServiceIdentity,
  ServiceOwner,
} from '../types';
import { inScope } from './inScope';
import type { ServiceClaim } from './ServiceClaim';

/** Longest name that an entity can claim; longer names are text from outside. */
export const MAX_NAME_LENGTH = 256;

/** Results that are kept; senders can invent any number of names. */
const MAX_CACHED = 20_000;

/** A service that an operator assigned to an entity. */
export interface Assignment {
  name: string;
  namespace: string;
  entityRef: string;
  entityUid: string | null;
}

/**
 * Finds the entity of a service, as of one reading of the catalog. A name that
 * several entities claim belongs to none of them: an annotation is a claim by
 * whoever edits the catalog file, and nobody may take over another's requests.
 */
export class ServiceNames {
  readonly #claims = new Map<string, Set<ServiceClaim>>();
  readonly #assigned = new Map<string, ServiceClaim>();
  readonly #results = new Map<string, ServiceOwner | NoServiceOwner>();

  constructor(
    claims: readonly ServiceClaim[],
    assignments: readonly Assignment[],
  ) {
    const byRef = new Map(claims.map(claim => [claim.entityRef, claim]));
    for (const claim of claims) {
      for (const name of claim.names()) {
        const same = this.#claims.get(name) ?? new Set();
        this.#claims.set(name, same.add(claim));
      }
    }
    for (const { name, namespace, entityRef, entityUid } of assignments) {
      const claim = byRef.get(entityRef);
      // Another entity has the name since.
      if (!claim || (entityUid !== null && claim.uid !== entityUid)) continue;
      this.#assigned.set(keyOf(name, namespace), claim);
    }
  }

  /** Returns the entity and environment of a service, or why there is none. */
  find(
    { tokenId, scope }: PlatformSender,
    service: ServiceIdentity,
  ): ServiceOwner | NoServiceOwner {
    const key = `${tokenId}\n${keyOf(service.name, service.namespace)}\n${
      service.environment
    }`;
    let result = this.#results.get(key);
    if (!result) {
      result = this.#find(scope, service);
      if (this.#results.size >= MAX_CACHED) this.#results.clear();
      this.#results.set(key, result);
    }
    return result;
  }

  /** Refs of the entities that claim a service in any environment. */
  claimants(name: string, namespace: string, environment: string): string[] {
    return this.#candidates({ name, namespace, environment }).map(
      ({ entityRef }) => entityRef,
    );
  }

  #candidates(service: ServiceIdentity): ServiceClaim[] {
    const assigned = this.#assigned.get(keyOf(service.name, service.namespace));
    if (assigned) return [assigned];
    return [...(this.#claims.get(service.name) ?? [])].filter(claim =>
      claim.claims(service),
    );
  }

  #find(
    scope: PlatformSender['scope'],
    service: ServiceIdentity,
  ): ServiceOwner | NoServiceOwner {
    if (service.name === '' || service.name.length > MAX_NAME_LENGTH) {
      return { reason: 'unknown' };
    }
    const candidates = this.#candidates(service);
    if (candidates.length === 0) return { reason: 'unknown' };
    const allowed = candidates.filter(claim => inScope(scope, claim));
    if (allowed.length === 0) return { reason: 'out-of-scope' };
    if (allowed.length > 1) return { reason: 'ambiguous' };
    const [{ entityRef }] = allowed;
    const environment = allowed[0].environmentOf(service.environment);
    return environment === undefined
      ? { reason: 'environment', environment: service.environment }
      : { entityRef, environment };
  }
}

function keyOf(name: string, namespace: string): string {
  return `${name}\n${namespace}`;
}
