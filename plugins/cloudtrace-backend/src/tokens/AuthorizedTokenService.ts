import { cloudtraceTokenManagePermission } from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { TokenCallOptions, TokenService } from './types';

/** Restricts tokens to callers who may manage them. */
export class AuthorizedTokenService implements TokenService {
  readonly #inner: TokenService;
  readonly #access: EntityAccess;

  constructor(inner: TokenService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async listTokens(
    query: Parameters<TokenService['listTokens']>[0],
    options: TokenCallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listTokens(query, options);
  }

  async createToken(
    request: Parameters<TokenService['createToken']>[0],
    options: TokenCallOptions,
  ) {
    await this.#check(request.entityRef, options);
    return this.#inner.createToken(request, options);
  }

  async revokeToken(
    request: Parameters<TokenService['revokeToken']>[0],
    options: TokenCallOptions,
  ) {
    await this.#check(request.entityRef, options);
    return this.#inner.revokeToken(request, options);
  }

  async #check(entityRef: string, { credentials }: TokenCallOptions) {
    await this.#access.requireEntity(
      entityRef,
      cloudtraceTokenManagePermission,
      credentials,
    );
  }
}
