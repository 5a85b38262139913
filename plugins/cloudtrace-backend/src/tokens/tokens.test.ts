import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { DatabaseTokenVerifier } from './DatabaseTokenVerifier';
import { DefaultTokenService } from './DefaultTokenService';
import { createSecretHasher } from './hashSecret';
import { generateToken, parseToken, readBearerToken } from './tokenFormat';

jest.setTimeout(60_000);

describe('token format', () => {
  it('round-trips, and notices any changed character', () => {
    const { token, tokenId, secret } = generateToken();
    expect(token).toMatch(/^ctk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(parseToken(token)).toEqual({ tokenId, secret });
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...'0aZ_-é'),
        (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          expect(parseToken(changed)).toBeUndefined();
        },
      ),
    );
  });

  it('never throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(parseToken(text)).toBeUndefined();
        readBearerToken(text);
      }),
    );
  });

  it('reads bearer headers', () => {
    expect(readBearerToken('Bearer abc')).toBe('abc');
    expect(readBearerToken('bearer  abc ')).toBe('abc');
    for (const header of [undefined, '', 'abc', 'Basic abc', 'Bearer a b']) {
      expect(readBearerToken(header)).toBeUndefined();
    }
    expect(readBearerToken(`Bearer ${'x'.repeat(1000)}`)).toBeUndefined();
  });
});

describe('secret hashes', () => {
  it('match only the secret, the token id and the pepper they were made with', () => {
    const hasher = createSecretHasher('a pepper of enough length');
    const stored = {
      hash: hasher.hash('id', 'secret'),
      pepperId: hasher.pepperId,
    };
    expect(hasher.matches('id', 'secret', stored)).toBe(true);
    expect(hasher.matches('id', 'other', stored)).toBe(false);
    expect(hasher.matches('other', 'secret', stored)).toBe(false);
    const changed = createSecretHasher('another pepper of some length');
    expect(changed.matches('id', 'secret', stored)).toBe(false);
  });

  it('made without a pepper stay valid when one is set', () => {
    const before = createSecretHasher(undefined);
    const stored = { hash: before.hash('id', 'secret'), pepperId: '' };
    const after = createSecretHasher('a pepper of enough length');
    expect(after.matches('id', 'secret', stored)).toBe(true);
  });
});

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

  async function setUp() {
    const { knex } = await databases.createTestDatabase();
    const hasher = createSecretHasher('a pepper of enough length');
    let now = Date.now();
    const logger = mockServices.logger.mock();
    const verifier = new DatabaseTokenVerifier({
      knex,
      hasher,
      logger,
      now: () => now,
    });
    const service = new DefaultTokenService({
      knex,
      hasher,
      environments: { resolve: async (_, name = 'default') => name },
      defaultExpiryDays: 90,
    });
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
      create,
      advance(ms: number) {
        now += ms;
      },
    };
  }

  it('stores no secret and verifies to the entity and the environment', async () => {
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

  it('allows two live tokens for each kind and environment', async () => {
    const { service, create } = await setUp();
    const first = await create();
    // At the same time, as two people or two replicas would.
    const outcomes = await Promise.allSettled([create(), create(), create()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await expect(create()).rejects.toThrow(
      "There are two live tokens for requests in the environment 'production' already",
    );
    await create('scans');
    const scope = { entityRef: 'component:default/shop' };
    await service.revokeToken(
      { ...scope, tokenId: first.token.tokenId },
      credentials,
    );
    await create();
    const list = await service.listTokens(scope);
    expect(list.map(({ status }) => status)).toEqual([
      'live',
      'live',
      'live',
      'revoked',
    ]);
  });

  it('refuses unknown, altered, foreign-kind, expired and revoked tokens alike', async () => {
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
    ).rejects.toThrow('There is no token');
    expect(await verifier.verify(secret, 'requests')).toBeDefined();

    await service.revokeToken(
      { entityRef: 'component:default/shop', tokenId: token.tokenId },
      credentials,
    );
    // Another replica has the token in its cache, for less than 30 s.
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

  it('asks the database once for many calls, and once for an invented token', async () => {
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

  it('notes the last use when told to, and never an earlier one', async () => {
    const { verifier, service, create, advance } = await setUp();
    const { secret } = await create();
    const lastUse = async () =>
      (await service.listTokens({ entityRef: 'component:default/shop' }))[0]
        .lastUsedAt;
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

  it('throws if the database cannot be asked, so that senders try again', async () => {
    const { knex, verifier } = await setUp();
    await knex.destroy();
    await expect(
      verifier.verify(generateToken().token, 'requests'),
    ).rejects.toThrow();
  });
});
