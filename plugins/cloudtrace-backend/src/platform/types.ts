import type {
  PlatformScope,
  UnknownServiceReason,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What the resource of a span says about its service; empty if it says nothing. */
export interface ServiceIdentity {
  /** `service.name` */
  name: string;
  /** `service.namespace` */
  namespace: string;
  /** `deployment.environment.name` */
  environment: string;
}

/** What a valid platform token grants. */
export interface PlatformSender {
  tokenId: string;
  scope: PlatformScope;
}

/** An entity and environment that a service belongs to. */
export interface ServiceOwner {
  entityRef: string;
  environment: string;
}

/** Why a service belongs to no entity. */
export interface NoServiceOwner {
  reason: UnknownServiceReason;
  /** The environment that the entity does not list. */
  environment?: string;
}

/** Checks platform tokens. */
export interface PlatformTokenVerifier {
  /**
   * Resolves to `undefined` for every unusable token.
   *
   * @throws if the database is unavailable: respond with 503
   */
  verify(token: string | undefined): Promise<PlatformSender | undefined>;
}
