import type { ListenerRuleModel } from '../InfrastructureModel';
import type { Properties } from './CloudFormationTemplate';

/** Reads a rule of a listener from the properties of `AWS::ElasticLoadBalancingV2::ListenerRule`. */
export function readListenerRule(
  { Priority, Conditions, Actions }: Properties,
  port: number,
): ListenerRuleModel {
  // AWS runs actions in the order of this number.
  const actions: Properties[] = [...Actions].sort((a, b) => a.Order - b.Order);
  const client = actions.find(action => action.AuthenticateOidcConfig);
  return {
    port,
    priority: Priority,
    paths: Conditions.flatMap(
      (condition: Properties) => condition.PathPatternConfig?.Values ?? [],
    ).sort(),
    only: Conditions.flatMap(describeCondition).sort(),
    actions: actions.map(describeAction),
    signIn: client ? { ...client.AuthenticateOidcConfig } : null,
  };
}

function describeCondition({
  HttpHeaderConfig,
  SourceIpConfig,
}: Properties): string[] {
  return [
    ...(HttpHeaderConfig?.Values ?? []).map(
      (value: string) => `${HttpHeaderConfig.HttpHeaderName}: ${value}`,
    ),
    ...(SourceIpConfig?.Values ?? []).map(
      (network: string) => `from ${network}`,
    ),
  ];
}

function describeAction({
  Type,
  FixedResponseConfig,
  AuthenticateOidcConfig,
}: Properties): string {
  const detail =
    FixedResponseConfig?.StatusCode ??
    AuthenticateOidcConfig?.OnUnauthenticatedRequest;
  return detail === undefined ? Type : `${Type} ${detail}`;
}
