import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DefaultTokenService } from '../tokens/DefaultTokenService';
import { createSecretHasher } from '../tokens/hashSecret';

/** Creates an ingest token for requests and returns its secret. */
export async function createTestToken(
  knex: Knex,
  entityRef: string,
  environment: string = 'production',
): Promise<string> {
  const tokens = new DefaultTokenService({
    knex,
    hasher: createSecretHasher(undefined),
    environments: { resolve: async (_, name = 'default') => name },
    defaultExpiryDays: 1,
  });
  const { secret } = await tokens.createToken(
    { entityRef, environment, kind: 'requests', name: 'test' },
    { credentials: mockCredentials.user() },
  );
  return secret;
}
