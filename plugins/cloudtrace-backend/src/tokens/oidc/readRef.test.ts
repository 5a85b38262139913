import type { OidcProviderConfig } from './types';
import { readRef } from './readRef';

const read = (
  claims: Record<string, unknown>,
  config: Partial<OidcProviderConfig> = {},
) =>
  readRef({ event_name: 'push', ...claims }, {
    provider: 'github',
    refClaim: 'ref',
    ...config,
  } as OidcProviderConfig);

const refusal = (text: string) => ({ refusal: expect.stringContaining(text) });

describe('readRef', () => {
  it('returns a branch by its short name, and a tag in full', () => {
    expect(read({ ref: 'refs/heads/main' })).toEqual({ name: 'main' });
    expect(read({ ref: 'refs/tags/main' })).toEqual({ name: 'refs/tags/main' });
    expect(
      read(
        { branchName: 'develop', event_name: undefined },
        { provider: 'bitbucket', refClaim: 'branchName' },
      ),
    ).toEqual({ name: 'develop' });
  });

  it('rejects runs for pull requests', () => {
    for (const event_name of ['pull_request', 'pull_request_target']) {
      expect(read({ ref: 'refs/heads/main', event_name })).toEqual(
        refusal(`(event_name is '${event_name}')`),
      );
    }
    expect(read({ ref: 'refs/pull/7/merge' })).toEqual(
      refusal("(ref is 'refs/pull/7/merge')"),
    );
  });

  it('accepts a branch whose name only contains such a word', () => {
    expect(read({ ref: 'refs/heads/x/refs/pull/7' })).toEqual({
      name: 'x/refs/pull/7',
    });
    expect(read({ ref: 'main', event_name: 'a pull_request' })).toEqual({
      name: 'main',
    });
  });

  it('rejects a GitHub token without an event', () => {
    for (const event_name of [undefined, 7, null]) {
      expect(read({ ref: 'main', event_name })).toEqual(
        refusal("no claim 'event_name'"),
      );
    }
  });

  it('rejects a token without a ref', () => {
    for (const ref of [undefined, 7, '', '  ']) {
      expect(read({ ref })).toEqual(refusal("no claim 'ref'"));
    }
  });

  it.each(['heads/main', 'tags/v1', 'pull/7/merge'])(
    'rejects a branch that would count as refs/%s',
    name => {
      expect(read({ ref: `refs/heads/refs/${name}` })).toEqual(
        refusal('must not begin with refs/'),
      );
    },
  );

  it('rejects what cannot be stored', () => {
    expect(read({ ref: 'x'.repeat(256) })).toEqual({ name: 'x'.repeat(256) });
    expect(read({ ref: 'x'.repeat(257) })).toEqual(refusal('longer than 256'));
    expect(read({ ref: 'a\u0000b' })).toEqual(refusal('a NUL'));
  });

  it('compares the whole name with the allowed refs', () => {
    const refs = ['main', 'release/*', 'v1.0', '*-fix'];
    for (const ref of ['main', 'release/', 'release/1\n2', 'v1.0', 'a-fix']) {
      expect(read({ ref }, { refs })).toEqual({ name: ref });
    }
    for (const ref of [
      'main2',
      'xmain',
      'release',
      'x/release/1',
      'v1x0',
      '-fixed',
    ]) {
      const refused = read({ ref }, { refs });
      expect(refused).toEqual(refusal(`'${ref}'`));
      expect(refused).toEqual(refusal('main, release/*, v1.0, *-fix'));
    }
    expect(read({ ref: 'main' }, { refs: [] })).toHaveProperty('refusal');
  });
});
