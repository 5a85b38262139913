import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  AssignServiceRequest,
  CreatePlatformTokenRequest,
  PlatformToken,
  UnknownServiceList,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { SecretHasher } from '../tokens/hashSecret';
import { principalName } from '../tokens/principalName';
import { generateToken } from '../tokens/tokenFormat';
import {
  deleteAssignment,
  listAssignments,
  MAX_ASSIGNMENTS,
  storeAssignment,
} from './database/assignments';
import {
  insertPlatformToken,
  listPlatformTokens,
  MAX_LIVE_PLATFORM_TOKENS,
  revokePlatformToken,
  type PlatformTokenRow,
} from './database/platformTokens';
import {
  listUnknownServices,
  MAX_UNKNOWN_SERVICES,
} from './database/unknownServices';
import { normalizeScope } from './names/inScope';
import type { ServiceDirectory } from './names/ServiceDirectory';
import type { PlatformCallOptions, PlatformService } from './PlatformService';
import type { PlatformTokens } from './tokens/PlatformTokens';

const MAX_CLAIMANTS = 10;

/** Dependencies of the service. */
export interface PlatformServiceOptions {
  knex: Knex;
  hasher: SecretHasher;
  access: Pick<EntityAccess, 'getEntity' | 'readable'>;
  directory: ServiceDirectory;
  tokens: PlatformTokens;
  /** Writes what this replica counted. */
  flushCounts: () => Promise<void>;
  defaultExpiryDays: number;
}

/** Manages platform tokens and assignments in the database. */
export class DefaultPlatformService implements PlatformService {
  readonly #options: PlatformServiceOptions;

  constructor(options: PlatformServiceOptions) {
    this.#options = options;
  }

  async listTokens(): Promise<PlatformToken[]> {
    const rows = await listPlatformTokens(this.#options.knex);
    return rows.map(row => this.#toToken(row));
  }

  async createToken(
    request: CreatePlatformTokenRequest,
    { credentials }: PlatformCallOptions,
  ) {
    const { knex, hasher, defaultExpiryDays, tokens } = this.#options;
    const scope = normalizeScope(request.scope);
    const { tokenId, secret, token } = generateToken();
    const row = await insertPlatformToken(knex, {
      token_id: tokenId,
      name: request.name,
      scope,
      secret_hash: hasher.hash(tokenId, secret),
      pepper_id: hasher.pepperId,
      created_by: principalName(credentials),
      expires_in_days: request.expiresInDays ?? defaultExpiryDays,
    });
    if (!row) {
      throw new ConflictError(
        `${MAX_LIVE_PLATFORM_TOKENS} live platform tokens exist: revoke one of them first`,
      );
    }
    tokens.forget();
    return { token: this.#toToken(row), secret: token };
  }

  async revokeToken(
    tokenId: string,
    { credentials }: PlatformCallOptions,
  ): Promise<void> {
    const revokedBy = principalName(credentials);
    const { knex, tokens } = this.#options;
    if (!(await revokePlatformToken(knex, { tokenId, revokedBy }))) {
      throw new NotFoundError(`Token ${tokenId} not found`);
    }
    tokens.forget();
  }

  async listUnknownServices({
    credentials,
  }: PlatformCallOptions): Promise<UnknownServiceList> {
    const { knex, directory, access, flushCounts } = this.#options;
    await flushCounts();
    const [rows, names] = await Promise.all([
      listUnknownServices(knex),
      directory.names().catch(() => undefined),
    ]);
    const claimants = rows.map(row =>
      (
        names?.claimants(row.name, row.namespace, row.environment ?? '') ?? []
      ).slice(0, MAX_CLAIMANTS),
    );
    const readable = await access.readable(
      [...new Set(claimants.flat())],
      credentials,
    );
    return {
      limit: MAX_UNKNOWN_SERVICES,
      items: rows.map((row, i) => ({
        name: row.name,
        namespace: row.namespace,
        reason: row.reason,
        environment: row.environment ?? undefined,
        spans: row.spans,
        firstSeenAt: row.firstSeenAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        claimedBy: claimants[i].filter(ref => readable.has(ref)),
      })),
    };
  }

  async listAssignments() {
    const rows = await listAssignments(this.#options.knex);
    return rows.map(({ entityUid: _, ...row }) => ({
      ...row,
      assignedAt: row.assignedAt.toISOString(),
    }));
  }

  async assignService(
    request: AssignServiceRequest,
    { credentials }: PlatformCallOptions,
  ): Promise<void> {
    const { knex, access, directory } = this.#options;
    const entityRef = readComponentRef(request.entityRef);
    const entity = await access.getEntity(entityRef, credentials);
    const stored = await storeAssignment(knex, {
      name: request.name,
      namespace: request.namespace ?? '',
      entityRef: stringifyEntityRef(entity),
      entityUid: entity.metadata.uid ?? null,
      assignedBy: principalName(credentials),
    });
    if (!stored) {
      throw new ConflictError(
        `${MAX_ASSIGNMENTS} services are assigned already: use the annotation cloudtrace.io/service-name instead`,
      );
    }
    directory.forgetAssignments();
  }

  async unassignService(service: {
    name: string;
    namespace: string;
  }): Promise<void> {
    await deleteAssignment(this.#options.knex, service);
    this.#options.directory.forgetAssignments();
  }

  #toToken(row: PlatformTokenRow): PlatformToken {
    return {
      tokenId: row.token_id,
      name: row.name,
      scope: row.scope,
      status: this.#statusOf(row),
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      expiresAt: row.expires_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString(),
    };
  }

  #statusOf(row: PlatformTokenRow): PlatformToken['status'] {
    if (row.revoked_at) return 'revoked';
    if (row.expires_at.getTime() <= Date.now()) return 'expired';
    return this.#options.hasher.accepts(row.pepper_id, Date.now())
      ? 'live'
      : 'unpeppered';
  }
}

function readComponentRef(text: string): string {
  let ref;
  try {
    ref = parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(
      `'${text}' is not an entity ref such as component:default/shop`,
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'component') {
    throw new InputError(
      `Requests belong to components; '${text}' is of another kind`,
    );
  }
  return stringifyEntityRef(ref);
}
