import type { CiIdentity, OidcProviderConfig } from './types';
import { ownsEntity } from './ownsEntity';

const SLUG = 'github.com/project-slug';
const REPOSITORY_ID = 'cloudtrace.io/github-repository-id';

const owns = (
  annotations: Record<string, string> | undefined,
  identity: Partial<CiIdentity> = {},
  config: Partial<OidcProviderConfig> = {},
) =>
  ownsEntity(
    {
      repository: 'acme/shop',
      repositoryId: '4711',
      config: { provider: 'github', annotations: [SLUG], ...config },
      ...identity,
    } as CiIdentity,
    {
      kind: 'Component',
      apiVersion: 'v1',
      metadata: { name: 'x', annotations },
    },
  );

describe('ownsEntity', () => {
  it('compares the whole name, without case and outer spaces', () => {
    expect(owns({ [SLUG]: 'acme/shop' })).toBe(true);
    expect(owns({ [SLUG]: ' Acme/Shop ' })).toBe(true);
    for (const name of ['acme/shop2', 'xacme/shop', 'acme', '', 'acme/other']) {
      expect(owns({ [SLUG]: name })).toBe(false);
    }
  });

  it('rejects an entity without the annotation', () => {
    expect(owns(undefined)).toBe(false);
    expect(owns({})).toBe(false);
    expect(owns({ 'github.com/other': 'acme/shop' })).toBe(false);
    expect(owns({ [SLUG]: 7 as never })).toBe(false);
  });

  it('accepts any of the configured annotations', () => {
    const annotations = ['a/one', 'b/two'];
    expect(owns({ 'b/two': 'acme/shop' }, {}, { annotations })).toBe(true);
    expect(owns({ [SLUG]: 'acme/shop' }, {}, { annotations })).toBe(false);
    expect(owns({ [SLUG]: 'acme/shop' }, {}, { annotations: [] })).toBe(false);
  });

  it('requires the id of a GitHub repository where the entity has one', () => {
    const bound = (id: string) => ({
      [SLUG]: 'acme/shop',
      [REPOSITORY_ID]: id,
    });
    expect(owns(bound('4711'))).toBe(true);
    expect(owns(bound(' 4711 '))).toBe(true);
    expect(owns(bound('4712'))).toBe(false);
    expect(owns(bound(''))).toBe(false);
    expect(owns(bound('4711'), { repositoryId: undefined })).toBe(false);
    // The id alone does not prove that the name is right.
    expect(owns({ [REPOSITORY_ID]: '4711' })).toBe(false);
    expect(owns(bound('4712'), {}, { provider: 'bitbucket' })).toBe(true);
  });

  it('removes the braces of a Bitbucket UUID, and only a pair around it', () => {
    const bitbucket = { provider: 'bitbucket' as const };
    const match = (claim: string, name: string) =>
      owns({ [SLUG]: name }, { repository: claim }, bitbucket);
    expect(match('{8f2a}', '8F2A')).toBe(true);
    expect(match('8f2a', '{8F2A}')).toBe(true);
    expect(match('x{8f2a}', '8f2a')).toBe(false);
    expect(match('x{8f2a}', 'x8f2a')).toBe(false);
    expect(match('{8f2a}x', '8f2a')).toBe(false);
    expect(match('{8f2a}x', '8f2ax')).toBe(false);
    expect(match('{8f2a', '8f2a')).toBe(false);
    expect(match('{8f2a}', '')).toBe(false);
  });
});
