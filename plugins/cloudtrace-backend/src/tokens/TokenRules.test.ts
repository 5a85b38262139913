import type { DbIngestTokenRow } from './database/rows';
import { createSecretHasher } from './hashSecret';
import { TokenRules } from './TokenRules';

const NOW = Date.parse('2026-07-01T12:00:00Z');
const PEPPER = 'a pepper of enough length';
const hasher = createSecretHasher({ pepper: PEPPER });

const row = (more: Partial<DbIngestTokenRow> = {}) =>
  ({
    expires_at: new Date(NOW + 1),
    revoked_at: null,
    pepper_id: hasher.pepperId,
    entity_uid: 'uid-1',
    entity_replaced_at: null,
    ...more,
  } as DbIngestTokenRow);

const rules = new TokenRules({ hasher, now: () => NOW });

describe('TokenRules', () => {
  it.each<[string, Partial<DbIngestTokenRow>, string | undefined]>([
    ['live', {}, 'uid-1'],
    ['live', { expires_at: new Date(NOW + 1) }, 'uid-1'],
    ['expired', { expires_at: new Date(NOW) }, 'uid-1'],
    ['revoked', { revoked_at: new Date(NOW + 1) }, 'uid-1'],
    ['revoked', { revoked_at: new Date(0), expires_at: new Date(0) }, 'uid-2'],
    ['expired', { expires_at: new Date(0) }, 'uid-2'],
    ['entity-replaced', {}, 'uid-2'],
    ['entity-replaced', { pepper_id: '' }, 'uid-2'],
    ['entity-replaced', { entity_replaced_at: new Date(0) }, 'uid-1'],
    ['entity-replaced', { entity_replaced_at: new Date(0) }, undefined],
    // While the catalog is down, and for tokens older than the check.
    ['live', {}, undefined],
    ['live', { entity_uid: null }, 'uid-2'],
    ['unpeppered', { pepper_id: '' }, 'uid-1'],
    ['unpeppered', { pepper_id: 'other' }, 'uid-1'],
  ])('reports %s for %j with the uid %s', (status, change, uid) => {
    expect(rules.statusOf(row(change), uid)).toBe(status);
  });

  it('accepts a token without a pepper until the configured time', () => {
    const at = (until: number) =>
      new TokenRules({
        hasher: createSecretHasher({
          pepper: PEPPER,
          unpepperedUntil: new Date(until),
        }),
        now: () => NOW,
      }).statusOf(row({ pepper_id: '' }), 'uid-1');
    expect(at(NOW + 1)).toBe('live');
    expect(at(NOW)).toBe('unpeppered');
  });

  it('uses the time of the machine by default', () => {
    const own = new TokenRules({ hasher });
    const expiring = (ms: number) =>
      own.statusOf(row({ expires_at: new Date(Date.now() + ms) }), 'uid-1');
    expect(expiring(60_000)).toBe('live');
    expect(expiring(-60_000)).toBe('expired');
  });

  it('reports a missing pepper only where there is one', () => {
    expect(rules.lacksPepper(row({ pepper_id: '' }))).toBe(true);
    expect(rules.lacksPepper(row())).toBe(false);
    const without = new TokenRules({ hasher: createSecretHasher() });
    expect(without.lacksPepper(row({ pepper_id: '' }))).toBe(false);
  });
});
