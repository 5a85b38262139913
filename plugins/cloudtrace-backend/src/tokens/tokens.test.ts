import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { testEntity } from '../testUtils/backend';
import { reportTokens } from './reportTokens';
import { DatabaseTokenVerifier } from './DatabaseTokenVerifier';
import { DefaultTokenService } from './DefaultTokenService';
import { createSecretHasher } from './hashSecret';
import { TokenRules } from './TokenRules';
import { generateToken } from './tokenFormat';

jest.setTimeout(60_000);

const PEPPER = 'a pepper of enough length';

describe('tokens in the database', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  const credentials = {
    credentials: {
      $$type: '@backstage/BackstageCredentials' as const,
      principal: { type: 'user', userEntityRef: 'user:default/ann' },
    },
  };

  async function setUp(options: { unpepperedUntil?: Date } = {}) {
    const { knex } = await databases.createTestDatabase();
    const hasher = createSecretHasher({ pepper: PEPPER, ...options });
    let now = Date.now();
    const rules = new TokenRules({ hasher, now: () => now });
    const logger = mockServices.logger.mock();
    /** The uid of the entity in the catalog; absent while the catalog is down. */
    const catalog: { uid?: string } = { uid: 'uid-1' };
    const uids = {
      read: async (refs: readonly string[]) =>
        new Map(
          catalog.uid ? refs.map(ref => [ref, catalog.uid!] as const) : [],
        ),
    };
    const startVerifier = () =>
      new DatabaseTokenVerifier({
        knex,
        hasher,
        rules,
        uids,
        logger,
        now: () => now,
      });
    const verifier = startVerifier();
    const service = new DefaultTokenService({
      knex,
      hasher,
      logger,
      environments: { resolve: async (_, name = 'default') => name },
      rules,
      readUid: async () => catalog.uid,
      defaultExpiryDays: 90,
    });
    /** A token as stored before the pepper. */
    const createUnpeppered = async () => {
      const created = await create();
      const [, tokenId, rest] = created.secret.split('_');
      await knex.raw(
        `UPDATE ingest_tokens SET secret_hash = ?, pepper_id = '' WHERE token_id = ?`,
        [createSecretHasher().hash(tokenId, rest.slice(0, 43)), tokenId],
      );
      return created;
    };
    const report = () =>
      reportTokens(
        knex,
        {
          entityRef: 'component:default/shop',
          entity: testEntity('shop', {
            metadata: { name: 'shop', uid: catalog.uid },
          }),
          environment: 'production',
          kind: 'requests',
          tokenRules: rules,
        },
        new Date(now),
      );
    const create = (kind: 'requests' | 'scans' | 'events' = 'requests') =>
      service.createToken(
        {
          entityRef: 'component:default/shop',
          environment: 'production',
          kind,
          name: 'ci',
        },
        credentials,
      );
    const statements: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
    return {
      knex,
      verifier,
      service,
      logger,
      statements,
      catalog,
      startVerifier,
      createUnpeppered,
      report,
      create,
      advance(ms: number) {
        now += ms;
      },
    };
  }

  it('are stored without the secret, and verify for the entity and the environment', async () => {
    const { knex, verifier, create } = await setUp();
    const { token, secret } = await create();
    expect(token).toMatchObject({
      status: 'live',
      createdBy: 'user:default/ann',
      kind: 'requests',
    });
    const days =
      (Date.parse(token.expiresAt) - Date.parse(token.createdAt)) / 86_400_000;
    expect(days).toBe(90);
    const { rows } = await knex.raw('SELECT * FROM ingest_tokens');
    const [, , secretPart] = secret.split('_');
    expect(JSON.stringify(rows)).not.toContain(secretPart.slice(0, 20));
    expect(await verifier.verify(secret, 'requests')).toEqual({
      tokenId: token.tokenId,
      entityRef: 'component:default/shop',
      entityId: rows[0].entity_id,
      environment: 'production',
    });
  });

  it('are limited to two live ones for each kind and environment', async () => {
    const { service, create } = await setUp();
    const first = await create();
    // Concurrently, as from two users or two replicas.
    const outcomes = await Promise.allSettled([create(), create(), create()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await expect(create()).rejects.toThrow(
      "Two live tokens for requests already exist in the environment 'production'",
    );
    await create('scans');
    const scope = { entityRef: 'component:default/shop' };
    await service.revokeToken(
      { ...scope, tokenId: first.token.tokenId },
      credentials,
    );
    await create();
    const list = await service.listTokens(scope, credentials);
    expect(list.map(({ status }) => status)).toEqual([
      'live',
      'live',
      'live',
      'revoked',
    ]);
  });

  it('say so instead of waiting when a revocation cannot be stored, which then works again', async () => {
    const { knex, service, create } = await setUp();
    const { token } = await create();
    const revoke = () =>
      service.revokeToken(
        { entityRef: 'component:default/shop', tokenId: token.tokenId },
        credentials,
      );
    const other = await knex.transaction();
    await other.raw('UPDATE ingest_tokens SET last_used_at = ?', [new Date()]);
    await expect(revoke()).rejects.toThrow(
      `Could not revoke the token ${token.tokenId}: the database did not respond in time; try again`,
    );
    await other.commit();
    await expect(revoke()).resolves.toBeUndefined();
  });

  it('are rejected if unknown, altered, of another kind, expired or revoked', async () => {
    const { knex, verifier, service, logger, create, advance } = await setUp();
    const { token, secret } = await create();
    const other = generateToken();
    expect(await verifier.verify(undefined, 'requests')).toBeUndefined();
    expect(await verifier.verify(other.token, 'requests')).toBeUndefined();
    expect(await verifier.verify(secret, 'scans')).toBeUndefined();

    await expect(
      service.revokeToken(
        { entityRef: 'component:default/other', tokenId: token.tokenId },
        credentials,
      ),
    ).rejects.toThrow(/Token .+ not found/);
    expect(await verifier.verify(secret, 'requests')).toBeDefined();

    await service.revokeToken(
      { entityRef: 'component:default/shop', tokenId: token.tokenId },
      credentials,
    );
    // Another replica has the token in its cache for less than 30 s.
    expect(await verifier.verify(secret, 'requests')).toBeDefined();
    advance(21_000);
    expect(await verifier.verify(secret, 'requests')).toBeUndefined();
    expect(logger.warn).toHaveBeenLastCalledWith(
      expect.stringContaining('it is revoked'),
    );

    const second = await create();
    await knex.raw(
      `UPDATE ingest_tokens SET expires_at = now() - interval '1 s' WHERE token_id = ?`,
      [second.token.tokenId],
    );
    expect(await verifier.verify(second.secret, 'requests')).toBeUndefined();
  });

  it('are read once for many calls, and once for an invented token', async () => {
    const { verifier, create, statements } = await setUp();
    const { secret } = await create();
    statements.length = 0;
    await Promise.all(
      Array.from({ length: 200 }, () => verifier.verify(secret, 'requests')),
    );
    expect(statements).toHaveLength(1);
    const invented = Array.from({ length: 500 }, () => generateToken().token);
    for (let i = 0; i < 3; i += 1) {
      await Promise.all(invented.map(t => verifier.verify(t, 'requests')));
    }
    expect(statements).toHaveLength(2);
    for (let i = 0; i < 10_000; i += 1) {
      await verifier.verify(`ctk_${i}`, 'requests');
    }
    expect(statements).toHaveLength(2);
  });

  it('record the last use on demand, and never an earlier one', async () => {
    const { verifier, service, create, advance } = await setUp();
    const { secret } = await create();
    const lastUse = async () =>
      (
        await service.listTokens(
          { entityRef: 'component:default/shop' },
          credentials,
        )
      )[0].lastUsedAt;
    expect(await lastUse()).toBeUndefined();
    await verifier.verify(secret, 'requests');
    await verifier.flushUses();
    const first = await lastUse();
    expect(first).toBeDefined();
    advance(-60_000);
    await verifier.verify(secret, 'requests');
    await verifier.flushUses();
    expect(await lastUse()).toBe(first);
  });

  it('throw if the database is unavailable, so that senders retry', async () => {
    const { knex, verifier } = await setUp();
    await knex.destroy();
    await expect(
      verifier.verify(generateToken().token, 'requests'),
    ).rejects.toThrow();
  });

  describe('tokens from before the pepper', () => {
    it('do not work, because anybody with write access to the database could plant one', async () => {
      const { verifier, service, createUnpeppered, report } = await setUp();
      const { secret } = await createUnpeppered();
      await expect(verifier.verify(secret, 'requests')).rejects.toThrow(
        'This ingest token was created before this portal had a pepper, and no longer works',
      );
      const [token] = await service.listTokens(
        { entityRef: 'component:default/shop' },
        credentials,
      );
      expect(token.status).toBe('unpeppered');
      const { tokens, problems } = await report();
      expect(tokens).toMatchObject({ live: 0, unpeppered: 1 });
      expect(problems.map(({ code }) => code)).toEqual([
        'no-live-token',
        'token-unpeppered',
      ]);
    });

    it('work until the configured day, and after it if they were used before', async () => {
      const { knex, startVerifier, createUnpeppered, report, advance } =
        await setUp({ unpepperedUntil: new Date(Date.now() + 60_000) });
      const used = await createUnpeppered();
      const unused = await createUnpeppered();
      expect((await report()).tokens).toMatchObject({ live: 2, unpeppered: 2 });

      const verifier = startVerifier();
      expect(await verifier.verify(used.secret, 'requests')).toBeDefined();
      await verifier.flushUses();
      expect((await report()).tokens).toMatchObject({ live: 2, unpeppered: 1 });
      const { rows } = await knex.raw(
        'SELECT pepper_id FROM ingest_tokens ORDER BY pepper_id',
      );
      expect(rows).toEqual([
        { pepper_id: '' },
        { pepper_id: createSecretHasher({ pepper: PEPPER }).pepperId },
      ]);

      advance(60_000);
      for (const one of [verifier, startVerifier()]) {
        expect(await one.verify(used.secret, 'requests')).toBeDefined();
        await expect(one.verify(unused.secret, 'requests')).rejects.toThrow(
          'pepper',
        );
      }
      expect((await report()).tokens).toMatchObject({ live: 1, unpeppered: 1 });
    });
  });

  describe('tokens of an entity that was registered again', () => {
    const replaced =
      'The entity component:default/shop was registered again after this ingest token was created';

    it('stop for the exporter, on the tokens page and in Diagnostics', async () => {
      const { verifier, service, create, catalog, advance, report } =
        await setUp();
      const { secret } = await create();
      await create();
      expect(await verifier.verify(secret, 'requests')).toBeDefined();
      expect((await report()).tokens).toMatchObject({
        live: 2,
        entityReplaced: 0,
      });

      catalog.uid = 'uid-2';
      advance(21_000);
      await expect(verifier.verify(secret, 'requests')).rejects.toThrow(
        replaced,
      );
      const list = await service.listTokens(
        { entityRef: 'component:default/shop' },
        credentials,
      );
      expect(list.map(({ status }) => status)).toEqual([
        'entity-replaced',
        'entity-replaced',
      ]);
      const { tokens, problems } = await report();
      expect(tokens).toMatchObject({ live: 0, entityReplaced: 2 });
      expect(problems.map(({ code }) => code)).toEqual([
        'no-live-token',
        'token-entity-replaced',
      ]);
      // The new owner can create tokens; those of the previous owner do not
      // count.
      const own = await create();
      expect(await verifier.verify(own.secret, 'requests')).toBeDefined();
    });

    it('stay stopped while the catalog is down; others still work', async () => {
      const { verifier, startVerifier, create, catalog, advance } =
        await setUp();
      const { secret } = await create();
      catalog.uid = undefined;
      expect(await verifier.verify(secret, 'requests')).toBeDefined();
      catalog.uid = 'uid-2';
      advance(21_000);
      await expect(verifier.verify(secret, 'requests')).rejects.toThrow();
      await verifier.flushUses();
      catalog.uid = undefined;
      await expect(startVerifier().verify(secret, 'requests')).rejects.toThrow(
        replaced,
      );
    });

    it('are bound on first use if they are older than the check', async () => {
      const { knex, verifier, startVerifier, create, catalog } = await setUp();
      const { secret } = await create();
      await knex.raw('UPDATE ingest_tokens SET entity_uid = NULL');
      expect(await verifier.verify(secret, 'requests')).toBeDefined();
      await verifier.flushUses();
      catalog.uid = 'uid-2';
      await expect(startVerifier().verify(secret, 'requests')).rejects.toThrow(
        replaced,
      );
    });

    it('keep their rows when the columns are added and dropped', async () => {
      const { knex, verifier, startVerifier, create } = await setUp();
      const { secret } = await create();
      const step = {
        directory: resolvePackagePath(
          '@cloudtrace/plugin-cloudtrace-backend',
          'migrations',
        ),
        name: '20261129150100_token_entity_uid.js',
      };
      await knex.migrate.down(step);
      await knex.migrate.up(step);
      const { rows } = await knex.raw(
        'SELECT entity_uid, entity_replaced_at FROM ingest_tokens',
      );
      expect(rows).toEqual([{ entity_uid: null, entity_replaced_at: null }]);
      expect(await startVerifier().verify(secret, 'requests')).toBeDefined();
      await verifier.flushUses();
    });
  });
});
