import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyQuery } from '@backstage/plugin-permission-node';
import { choosePolicy } from './choosePolicy';
import { OwnersPolicy } from './ownersPolicy';

const configured = (localPolicy?: string) =>
  new ConfigReader({ permission: { enabled: true, localPolicy } } as never);

describe('the policy of the portal', () => {
  it("is the owners' unless something else is configured", () => {
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
        'is for the local portal only',
      );
    }
    expect(() => choosePolicy(configured('none'), 'development')).toThrow(
      "must be 'owners' or 'allow-all', not 'none'",
    );
  });

  it.each([
    ['cloudtrace.requests.read', AuthorizeResult.ALLOW],
    ['cloudtrace.fleet.read', AuthorizeResult.ALLOW],
    ['cloudtrace.security.read', AuthorizeResult.CONDITIONAL],
    ['cloudtrace.security.triage', AuthorizeResult.CONDITIONAL],
    ['cloudtrace.token.manage', AuthorizeResult.CONDITIONAL],
    ['catalog.entity.delete', AuthorizeResult.CONDITIONAL],
  ])('decides on %s: %s', async (name, result) => {
    const permission = {
      type: 'resource',
      name,
      resourceType: 'catalog-entity',
      attributes: {},
    };
    const user = { info: { ownershipEntityRefs: ['group:default/a'] } };
    const decision = await new OwnersPolicy().handle(
      { permission } as PolicyQuery,
      user as never,
    );
    expect(decision.result).toBe(result);
    if (result === AuthorizeResult.CONDITIONAL) {
      expect(decision).toMatchObject({
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          params: { claims: ['group:default/a'] },
        },
      });
    }
  });
});
