import { createSecretHasher } from './hashSecret';

const PEPPER = 'a pepper of enough length';

describe('secret hashes', () => {
  it('match only with the same secret, token id and pepper', () => {
    const hasher = createSecretHasher({ pepper: PEPPER });
    const stored = {
      hash: hasher.hash('id', 'secret'),
      pepperId: hasher.pepperId,
    };
    expect(hasher.matches('id', 'secret', stored)).toBe(true);
    expect(hasher.matches('id', 'other', stored)).toBe(false);
    expect(hasher.matches('other', 'secret', stored)).toBe(false);
    const changed = createSecretHasher({
      pepper: 'another pepper of some length',
    });
    expect(changed.matches('id', 'secret', stored)).toBe(false);
  });

  it('without a pepper are accepted only until the configured time', () => {
    const { hash, pepperId } = createSecretHasher();
    const stored = { hash: hash('id', 'secret'), pepperId };
    const until = new Date('2027-01-31T00:00:00Z');
    const after = createSecretHasher({
      pepper: PEPPER,
      unpepperedUntil: until,
    });
    expect(after.matches('id', 'secret', stored)).toBe(true);
    expect(after.accepts(pepperId, until.getTime() - 1)).toBe(true);
    expect(after.accepts('other', until.getTime() - 1)).toBe(false);
    expect(after.accepts(pepperId, until.getTime())).toBe(false);
    expect(createSecretHasher({ pepper: PEPPER }).accepts(pepperId, 0)).toBe(
      false,
    );
    expect(after.accepts(after.pepperId, Infinity)).toBe(true);
    expect(createSecretHasher().accepts(after.pepperId, 0)).toBe(false);
  });

  it('stay the same between versions, or every token would stop', () => {
    // Computed with Python's hmac and hashlib.
    const peppered = createSecretHasher({ pepper: PEPPER });
    expect(peppered.pepperId).toBe('9-WjJw6M');
    expect(peppered.hash('id', 'secret').toString('hex')).toBe(
      'd05b1ffa0d1048adbf2a24f37eb065a58d418e0d5cffcefd24f8d3240afc3c92',
    );
    const plain = createSecretHasher();
    expect(plain.pepperId).toBe('');
    expect(plain.hash('id', 'secret').toString('hex')).toBe(
      '0a64fec1cce3a8cf63145ec711845a9e75de0694ae4fc5bcdf7ba7280140a29c',
    );
  });

  it('match no hash of another length', () => {
    const hasher = createSecretHasher();
    const stored = { hash: Buffer.alloc(0), pepperId: '' };
    expect(hasher.matches('id', 'secret', stored)).toBe(false);
  });
});
