import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { exampleSettings } from './exampleSettings.ts';
import { synthesize } from './synthesize.ts';

describe('the sign-in at the load balancer', () => {
  const template = synthesize({
    signInIssuer: 'https://idp.example.org',
    signInClientId: 'orders',
    signInExemptPaths: ['/webhooks/*'],
    signInExemptNetworks: ['203.0.113.0/24'],
  });

  it('redirects pages to the identity provider, and denies everything else', () => {
    for (const [priority, onUnauthenticated] of [
      [5, 'authenticate'],
      [6, 'deny'],
    ] as const) {
      template.hasResourceProperties(
        'AWS::ElasticLoadBalancingV2::ListenerRule',
        {
          Priority: priority,
          Conditions: Match.arrayWith([
            { Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } },
          ]),
          Actions: [
            Match.objectLike({
              Type: 'authenticate-oidc',
              Order: 1,
              AuthenticateOidcConfig: Match.objectLike({
                OnUnauthenticatedRequest: onUnauthenticated,
                ClientSecret:
                  '{{resolve:secretsmanager:orders-production/sign-in:SecretString:::}}',
              }),
            }),
            Match.objectLike({ Type: 'forward', Order: 2 }),
          ],
        },
      );
    }
  });

  it('lets machines pass on exempt paths and from exempt networks', () => {
    const rules = Object.values(
      template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule', {
        Properties: { Actions: [Match.objectLike({ Type: 'forward' })] },
      }),
    ).map(({ Properties }) => Properties as { Priority: number });
    assert.deepEqual(
      rules.map(({ Priority }) => Priority).sort(),
      // The first is that of the public probes.
      [1, 3, 4],
    );
  });

  it('lets the load balancer reach the identity provider', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [
        Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }),
      ],
      GroupDescription: Match.stringLikeRegexp('^Load balancer'),
    });
  });

  it('refuses what would open the service', () => {
    assert.throws(
      () =>
        exampleSettings({
          signInIssuer: 'http://idp.example.org',
          signInTokenEndpoint: 'https://idp.example.org:8443/token',
          signInClientId: '',
          signInScope: 'email',
          signInSessionSeconds: 604_801,
          signInExemptPaths: ['/*'],
          signInExemptNetworks: ['0.0.0.0/0'],
        }),
      (error: Error) => {
        assert.deepEqual(
          [...error.message.matchAll(/^- (\w+)/gm)].map(match => match[1]),
          [
            'signInIssuer',
            'signInTokenEndpoint',
            'signInClientId',
            'signInScope',
            'signInSessionSeconds',
            'signInExemptPaths',
            'signInExemptNetworks',
          ],
        );
        return true;
      },
    );
  });
});
