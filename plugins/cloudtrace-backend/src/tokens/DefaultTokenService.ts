import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { IngestToken } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { ensureEntity } from '../database/entities/ensureEntity';
import { withStatementTimeout } from '../database/withStatementTimeout';
import { isTemporary } from '../http/isTemporary';
import { insertToken } from './database/insertToken';
import { listTokens } from './database/listTokens';
import { revokeToken } from './database/revokeToken';
import type { DbIngestTokenRow } from './database/rows';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { SecretHasher } from './hashSecret';
import { principalName } from './principalName';
import { generateToken } from './tokenFormat';
import type { TokenRules, TokenStatus } from './TokenRules';
import type { TokenCallOptions, TokenService } from './types';

/** Resolves to `undefined` if the catalog has no uid for the entity. */
export type ReadEntityUid = (
  entityRef: string,
  credentials: BackstageCredentials,
) => Promise<string | undefined>;

/** How long a revocation may wait, e.g. for somebody who writes the same token. */
const REVOKE_TIMEOUT_MS = 5_000;

/** Manages tokens in the database. */
export class DefaultTokenService implements TokenService {
  readonly #knex: Knex;
  readonly #tokens: Knex;
  readonly #hasher: SecretHasher;
  readonly #environments: Pick<EnvironmentResolver, 'resolve'>;
  readonly #defaultExpiryDays: number;
  readonly #rules: TokenRules;
  readonly #readUid: ReadEntityUid;
  readonly #onRevoked: (tokenId: string) => void;
  readonly #logger: Pick<LoggerService, 'warn'>;

  constructor(options: {
    knex: Knex;
    /** For the table of tokens alone, if that has a pool of its own. */
    tokens?: Knex;
    hasher: SecretHasher;
    environments: Pick<EnvironmentResolver, 'resolve'>;
    rules: TokenRules;
    /** Reads the uid of an entity with the caller's credentials. */
    readUid: ReadEntityUid;
    defaultExpiryDays: number;
    onRevoked?: (tokenId: string) => void;
    logger: Pick<LoggerService, 'warn'>;
  }) {
    this.#logger = options.logger;
    this.#knex = options.knex;
    this.#tokens = options.tokens ?? options.knex;
    this.#hasher = options.hasher;
    this.#environments = options.environments;
    this.#defaultExpiryDays = options.defaultExpiryDays;
    this.#rules = options.rules;
    this.#readUid = options.readUid;
    this.#onRevoked = options.onRevoked ?? (() => {});
  }

  async listTokens(
    query: { entityRef: string; environment?: string },
    { credentials }: TokenCallOptions,
  ): Promise<IngestToken[]> {
    const [rows, uid] = await Promise.all([
      listTokens(this.#tokens, query),
      this.#readUid(query.entityRef, credentials),
    ]);
    return rows.map(row => toIngestToken(row, this.#rules.statusOf(row, uid)));
  }

  async createToken(
    request: Parameters<TokenService['createToken']>[0],
    { credentials }: TokenCallOptions,
  ): Promise<{ token: IngestToken; secret: string }> {
    const { entityRef } = request;
    const environment = await this.#environments.resolve(
      entityRef,
      request.environment,
      credentials,
    );
    const { tokenId, secret, token } = generateToken();
    const uid = await this.#readUid(request.entityRef, credentials);
    const statusOf = (row: DbIngestTokenRow) => this.#rules.statusOf(row, uid);
    const inserted = {
      token_id: tokenId,
      entity_id: await ensureEntity(this.#knex, entityRef),
      entity_ref: entityRef,
      environment,
      kind: request.kind,
      name: request.name,
      secret_hash: this.#hasher.hash(tokenId, secret),
      pepper_id: this.#hasher.pepperId,
      created_by: principalName(credentials),
      entity_uid: uid ?? null,
      expires_in_days: request.expiresInDays ?? this.#defaultExpiryDays,
    };
    const row = await insertToken(
      this.#tokens,
      inserted,
      one => statusOf(one) === 'live',
    );
    if (!row) {
      throw new ConflictError(
        `Two live tokens for ${request.kind} already exist in the environment '${environment}': revoke one of them first`,
      );
    }
    return { token: toIngestToken(row, statusOf(row)), secret: token };
  }

  async revokeToken(
    request: { entityRef: string; tokenId: string },
    { credentials }: TokenCallOptions,
  ): Promise<void> {
    const revokedBy = principalName(credentials);
    if (!(await this.#revoke({ ...request, revokedBy }))) {
      throw new NotFoundError(`Token ${request.tokenId} not found`);
    }
    this.#onRevoked(request.tokenId);
  }

  async #revoke(request: Parameters<typeof revokeToken>[1]): Promise<boolean> {
    try {
      return await withStatementTimeout(this.#tokens, REVOKE_TIMEOUT_MS, tx =>
        revokeToken(tx, request),
      );
    } catch (error) {
      if (!isTemporary(error)) throw error;
      const message = `Could not revoke the token ${request.tokenId}: the database did not respond in time; try again`;
      this.#logger.warn(message, error as Error);
      throw new ServiceUnavailableError(message);
    }
  }
}

function toIngestToken(
  row: DbIngestTokenRow,
  status: TokenStatus,
): IngestToken {
  return {
    tokenId: row.token_id,
    kind: row.kind,
    name: row.name,
    environment: row.environment,
    status,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString(),
  };
}
