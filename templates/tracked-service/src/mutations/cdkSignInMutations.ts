import { mutationsOf, type Mutation } from './Mutation';

/** Mistakes in CDK code about the sign-in at the load balancer. */
export const CDK_SIGN_IN_MUTATIONS: readonly Mutation[] = mutationsOf(
  'lib/SignIn.ts',
  [
    [
      'everybody let through without sign-in',
      'onUnauthenticatedRequest,\n        //',
      'onUnauthenticatedRequest: elbv2.UnauthenticatedAction.ALLOW,\n        //',
    ],
    [
      'scripts redirected to the page of the identity provider',
      'elbv2.UnauthenticatedAction.DENY',
      'elbv2.UnauthenticatedAction.AUTHENTICATE',
    ],
    [
      'a sign-in for some paths only',
      "pathPatterns(['/*'])",
      "pathPatterns(['/admin/*'])",
    ],
    [
      'a client secret of the sign-in in the code',
      'SecretValue.secretsManager(this.secretName, {\n          versionId: settings.signInSecretVersion || undefined,\n        })',
      "SecretValue.unsafePlainText('a-client-secret')",
    ],
    [
      'an identity provider that the load balancer cannot reach',
      'ec2.Port.tcp(443)',
      'ec2.Port.tcp(80)',
    ],
    [
      'a load balancer that may connect anywhere',
      'ec2.Port.tcp(443)',
      'ec2.Port.allTcp()',
    ],
    [
      'all paths exempt from sign-in',
      'pathPatterns(signInExemptPaths)',
      "pathPatterns(['/*'])",
    ],
    [
      'the internet exempt from sign-in',
      'sourceIps(signInExemptNetworks)',
      "sourceIps(['0.0.0.0/1', '128.0.0.0/1'])",
    ],
    [
      'a sign-in without the scope openid',
      'scope: settings.signInScope',
      "scope: 'email'",
    ],
    [
      'a sign-in on plain HTTP',
      'loadBalancer.httpsListener.addAction',
      'loadBalancer.loadBalancer.listeners.at(-1)!.addAction',
    ],
  ],
);
