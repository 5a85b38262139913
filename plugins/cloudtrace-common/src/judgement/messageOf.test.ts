import { messageOf } from './messageOf';

describe('the message of a stored failover', () => {
  const text = '3 of 4 targets failed';
  const coded = { what: { code: 'targets-failed', failed: 3, all: 4 } };

  it('is the code with its parameters, which every language can word', () => {
    expect(messageOf({ what: text, coded } as never, 'what')).toEqual(
      coded.what,
    );
  });

  it('is the text that an earlier version stored without a code', () => {
    expect(messageOf({ what: text }, 'what')).toBe(text);
    expect(messageOf({ what: text, coded: {} }, 'what')).toBe(text);
  });

  it('is absent if there is neither', () => {
    expect(messageOf({ coded: {} } as { what?: string }, 'what')).toBe(
      undefined,
    );
  });
});
