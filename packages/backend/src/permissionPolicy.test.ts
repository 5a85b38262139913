import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyQuery } from '@backstage/plugin-permission-node';
import { choosePolicy } from './choosePolicy';
import { OwnersPolicy } from './OwnersPolicy';

const configured = (localPolicy?: string) =>
  new ConfigReader({ permission: { enabled: true, localPolicy } } as never);

describe('the policy of the portal', () => {
  it("uses the owners' policy unless another one is configured", () => {
    expect(choosePolicy(configured(), 'production')).toBe('owners');
    expect(choosePolicy(configured(), 'development')).toBe('owners');
    expect(choosePolicy(configured(), undefined)).toBe('owners');
  });

  it('allows everything in the local portal only', () => {
    expect(choosePolicy(configured('allow-all'), 'development')).toBe(
      'allow-all',
    );
    for (const nodeEnv of ['production', 'test', undefined]) {
      expect(() => choosePolicy(configured('allow-all'), nodeEnv)).toThrow(
        'is allowed only in the local portal',
      );
    }
    expect(() => choosePolicy(configured('none'), 'development')).toThrow(
      "must be 'owners' or 'allow-all', not 'none'",
    );
  });

  it.each([
    ['group:default/operators', AuthorizeResult.ALLOW],
    ['group:default/a', AuthorizeResult.DENY],
  ])('for members of %s, says %s to platform tokens', async (group, result) => {
    const decision = await new OwnersPolicy().handle(
      {
        permission: {
          type: 'basic',
          name: 'cloudtrace.platform.manage',
          attributes: {},
        },
      } as PolicyQuery,
      { info: { ownershipEntityRefs: [group] } } as never,
    );
    expect(decision).toEqual({ result });
  });

  const decide = (name: string) =>
    new OwnersPolicy().handle(
      {
        permission: {
          type: 'resource',
          name,
          resourceType: 'catalog-entity',
          attributes: {},
        },
      } as PolicyQuery,
      { info: { ownershipEntityRefs: ['group:default/a'] } } as never,
    );

  it.each(['cloudtrace.requests.read', 'cloudtrace.fleet.read'])(
    'allows %s to everybody',
    async name => {
      expect(await decide(name)).toEqual({ result: AuthorizeResult.ALLOW });
    },
  );

  it.each([
    'cloudtrace.security.read',
    'cloudtrace.security.triage',
    'cloudtrace.token.manage',
    'catalog.entity.delete',
  ])('allows %s to the owners of the entity', async name => {
    expect(await decide(name)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['group:default/a'] },
      },
    });
  });
});
