import type { PlatformScope } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { insertPlatformToken } from '../platform/database/platformTokens';
import { createSecretHasher } from '../tokens/hashSecret';
import { generateToken } from '../tokens/tokenFormat';

/** Creates a platform token, by default for all entities, and returns its secret. */
export async function createPlatformToken(
  knex: Knex,
  scope: PlatformScope = { all: true },
): Promise<string> {
  const hasher = createSecretHasher();
  const { tokenId, secret, token } = generateToken();
  await insertPlatformToken(knex, {
    token_id: tokenId,
    name: 'test',
    scope,
    secret_hash: hasher.hash(tokenId, secret),
    pepper_id: hasher.pepperId,
    created_by: 'user:default/test',
    expires_in_days: 1,
  });
  return token;
}
