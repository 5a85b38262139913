import { mockCredentials } from '@backstage/backend-test-utils';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { DefaultTokenService } from '../tokens/DefaultTokenService';
import { createSecretHasher } from '../tokens/hashSecret';
import { TokenRules } from '../tokens/TokenRules';

/** The tokens of a database, without permissions. */
export function testTokenService(knex: Knex): DefaultTokenService {
  const hasher = createSecretHasher();
  return new DefaultTokenService({
    knex,
    environments: { resolve: async (_, name = 'default') => name },
    hasher,
    logger: { warn: () => undefined },
    rules: new TokenRules({ hasher }),
    readUid: async () => undefined,
    defaultExpiryDays: 1,
  });
}

/** Creates an ingest token, by default for requests, and returns its secret. */
export async function createTestToken(
  knex: Knex,
  entityRef: string,
  environment: string = 'production',
  kind: TokenKind = 'requests',
): Promise<string> {
  const { secret } = await testTokenService(knex).createToken(
    { entityRef, environment, kind, name: 'test' },
    { credentials: mockCredentials.user() },
  );
  return secret;
}
