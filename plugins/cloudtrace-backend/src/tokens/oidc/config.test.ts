import { ConfigReader } from '@backstage/config';
import { readOidcConfig } from './config';

const read = (...oidc: object[]) =>
  readOidcConfig(
    new ConfigReader({ cloudtrace: { tokens: { oidc } } } as never),
  );
const AUDIENCE = 'https://portal.example';
const ISSUER =
  'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';

describe('readOidcConfig', () => {
  it('fills in the defaults of each provider', () => {
    expect(readOidcConfig(new ConfigReader({}))).toEqual([]);
    expect(
      read(
        { provider: 'github', audience: AUDIENCE },
        { provider: 'bitbucket', issuer: ISSUER, audience: [AUDIENCE, 'b'] },
      ),
    ).toEqual([
      {
        provider: 'github',
        issuer: 'https://token.actions.githubusercontent.com',
        audiences: [AUDIENCE],
        jwksUri: new URL(
          'https://token.actions.githubusercontent.com/.well-known/jwks',
        ),
        repositoryClaim: 'repository',
        refClaim: 'ref',
        annotations: ['github.com/project-slug'],
        refs: undefined,
        algorithms: ['RS256'],
      },
      {
        provider: 'bitbucket',
        issuer: ISSUER,
        audiences: [AUDIENCE, 'b'],
        jwksUri: new URL(`${ISSUER}/keys.json`),
        repositoryClaim: 'repositoryUuid',
        refClaim: 'branchName',
        annotations: ['cloudtrace.io/bitbucket-repository-uuid'],
        refs: undefined,
        algorithms: ['RS256'],
      },
    ]);
  });

  it.each<[string, object[]]>([
    [
      "[0].provider must be 'github' or",
      [{ provider: 'gitlab', audience: AUDIENCE }],
    ],
    ['[0].audience is missing', [{ provider: 'github' }]],
    [
      '[0].audience must not be an empty',
      [{ provider: 'github', audience: [] }],
    ],
    ['[0].issuer is missing', [{ provider: 'bitbucket', audience: AUDIENCE }]],
    [
      '[0].issuer must be an https URL',
      [
        {
          provider: 'github',
          issuer: 'http://ghes.example',
          audience: AUDIENCE,
        },
      ],
    ],
    [
      '[0].jwksUri must be an https URL',
      [{ provider: 'github', jwksUri: 'keys', audience: AUDIENCE }],
    ],
    [
      "[0].algorithms has 'HS256'",
      [
        {
          provider: 'github',
          algorithms: ['RS256', 'HS256'],
          audience: AUDIENCE,
        },
      ],
    ],
    [
      "[0].algorithms has 'none'",
      [{ provider: 'github', algorithms: 'none', audience: AUDIENCE }],
    ],
    [
      'is listed twice',
      [
        { provider: 'github', audience: AUDIENCE },
        { provider: 'github', audience: 'b' },
      ],
    ],
    [
      'could be confused',
      [
        { provider: 'github', audience: AUDIENCE },
        {
          provider: 'github',
          issuer: 'https://ghes.example',
          audience: AUDIENCE,
        },
      ],
    ],
  ])('fails with "%s"', (message, oidc) => {
    expect(() => read(...oidc)).toThrow(`cloudtrace.tokens.oidc`);
    expect(() => read(...oidc)).toThrow(message);
  });
});
