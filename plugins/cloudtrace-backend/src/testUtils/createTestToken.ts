import { mockCredentials } from '@backstage/backend-test-utils';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { DefaultTokenService } from '../tokens/DefaultTokenService';
import { createSecretHasher } from '../tokens/hashSecret';
import { TokenRules } from '../tokens/TokenRules';

/** Creates an ingest token, by default for requests, and returns its secret. */
export async function createTestToken(
  knex: Knex,
  entityRef: string,
  environment: string = 'production',
  kind: TokenKind = 'requests',
): Promise<string> {
  const hasher = createSecretHasher();
  const tokens = new DefaultTokenService({
    knex,
    environments: { resolve: async (_, name = 'default') => name },
    hasher,
    rules: new TokenRules({ hasher }),
    readUid: async () => undefined,
    defaultExpiryDays: 1,
  });
  const { secret } = await tokens.createToken(
    { entityRef, environment, kind, name: 'test' },
    { credentials: mockCredentials.user() },
  );
  return secret;
}
