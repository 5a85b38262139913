import type {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DEFAULT_ENVIRONMENT,
  type TokenKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import { ensureEntity } from '../../database/entities/ensureEntity';
import type { OidcTokenVerifier } from '../oidc/OidcTokenVerifier';
import { ownsEntity } from '../oidc/ownsEntity';
import type { CiIdentity } from '../oidc/types';
import { auditUpload } from './auditUpload';
import { readTarget } from './readTarget';
import type { UploadSender } from './types';

/**
 * Decides which entity a CI run may upload for: one with an annotation for the
 * run's repository.
 */
export class CiUploads {
  readonly #knex: Knex;
  readonly #auth: AuthService;
  readonly #auditor: AuditorService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;
  readonly #verifier: OidcTokenVerifier;

  constructor(options: {
    knex: Knex;
    auth: AuthService;
    auditor: AuditorService;
    catalog: CatalogService;
    logger: LoggerService;
    verifier: OidcTokenVerifier;
  }) {
    this.#knex = options.knex;
    this.#auth = options.auth;
    this.#auditor = options.auditor;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#verifier = options.verifier;
  }

  async authenticate(
    token: string,
    req: Request,
    res: Response,
    kind: TokenKind,
  ): Promise<UploadSender | undefined> {
    const identity = await this.#verifier.verify(token);
    if (!identity) return undefined;

    const { entityRef, environment } = readTarget(req.query);
    if (entityRef === undefined) {
      throw new InputError(
        "Missing query parameter 'entity': a CI token does not contain the entity; add ?entity=component:default/<name>",
      );
    }
    // Scans belong to the whole entity, events to one environment.
    if (environment === undefined && kind === 'events') {
      throw new InputError(
        "Missing query parameter 'environment': a CI token does not contain it; add &environment=<name>",
      );
    }
    await auditUpload({
      auditor: this.#auditor,
      logger: this.#logger,
      res,
      meta: {
        kind,
        entityRef,
        issuer: identity.issuer,
        subject: identity.subject,
        repository: identity.repository,
        ref: identity.ref,
      },
    });
    await this.#requireEntity(entityRef, identity);
    return {
      entityRef,
      entityId: await ensureEntity(this.#knex, entityRef),
      environment: environment ?? DEFAULT_ENVIRONMENT,
      sentBy: `oidc:${identity.config.provider}:${identity.repository}`,
      ref: identity.ref,
    };
  }

  /**
   * A missing entity and one of another repository get the same response, so
   * that nobody can find out which entities exist.
   */
  async #requireEntity(entityRef: string, identity: CiIdentity) {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity || !ownsEntity(identity, entity)) {
      throw new NotFoundError(
        `No entity ${entityRef} found whose annotation ${identity.config.annotations.join(
          ' or ',
        )} names the repository ${identity.repository}`,
      );
    }
  }
}
