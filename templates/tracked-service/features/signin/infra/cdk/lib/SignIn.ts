import { Duration, SecretValue } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { LoadBalancer } from './LoadBalancer.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link SignIn}. */
export interface SignInProps {
  /** Service and environment: prefix of the secret's name. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly loadBalancer: LoadBalancer;
}

const EVERY_PATH = elbv2.ListenerCondition.pathPatterns(['/*']);
const NAVIGATION = elbv2.ListenerCondition.httpHeader('Sec-Fetch-Mode', [
  'navigate',
]);

/** Rules of the HTTPS listener that let only signed-in users pass. Rules before them: the probes (1 and 2). */
export class SignIn {
  /** Name of the secret with the client secret, which exists before the first deployment. */
  readonly secretName: string;
  readonly #props: SignInProps;

  constructor(props: SignInProps) {
    this.#props = props;
    this.secretName = `${props.fullName}/sign-in`;
    this.#exempt();
    // Browsers name the purpose of a request. A page is redirected to the identity provider; a script, a socket or a
    // machine could not use that page, and gets 401.
    this.#require(
      'Pages',
      5,
      [NAVIGATION, EVERY_PATH],
      elbv2.UnauthenticatedAction.AUTHENTICATE,
    );
    this.#require('Others', 6, [EVERY_PATH], elbv2.UnauthenticatedAction.DENY);
    this.#props.loadBalancer.securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'Token and user info endpoints of the identity provider',
    );
  }

  #exempt(): void {
    const { signInExemptPaths, signInExemptNetworks } = this.#props.settings;
    if (signInExemptPaths.length > 0) {
      this.#forward('ExemptPaths', 3, [
        elbv2.ListenerCondition.pathPatterns(signInExemptPaths),
      ]);
    }
    if (signInExemptNetworks.length > 0) {
      this.#forward('ExemptNetworks', 4, [
        elbv2.ListenerCondition.sourceIps(signInExemptNetworks),
      ]);
    }
  }

  #forward(
    id: string,
    priority: number,
    conditions: elbv2.ListenerCondition[],
  ): void {
    const { httpsListener, targetGroup } = this.#props.loadBalancer;
    const action = elbv2.ListenerAction.forward([targetGroup]);
    httpsListener.addAction(id, { priority, conditions, action });
  }

  #require(
    id: string,
    priority: number,
    conditions: elbv2.ListenerCondition[],
    onUnauthenticatedRequest: elbv2.UnauthenticatedAction,
  ): void {
    const { settings, loadBalancer } = this.#props;
    loadBalancer.httpsListener.addAction(id, {
      priority,
      conditions,
      action: elbv2.ListenerAction.authenticateOidc({
        issuer: settings.signInIssuer,
        clientId: settings.signInClientId,
        // CloudFormation reads it: the template contains only its name.
        clientSecret: SecretValue.secretsManager(this.secretName, {
          versionId: settings.signInSecretVersion || undefined,
        }),
        authorizationEndpoint: settings.signInAuthorizationEndpoint,
        tokenEndpoint: settings.signInTokenEndpoint,
        userInfoEndpoint: settings.signInUserInfoEndpoint,
        scope: settings.signInScope,
        sessionTimeout: Duration.seconds(settings.signInSessionSeconds),
        onUnauthenticatedRequest,
        // The security group has its own rule, with a reason.
        allowHttpsOutbound: false,
        next: elbv2.ListenerAction.forward([loadBalancer.targetGroup]),
      }),
    });
  }
}
