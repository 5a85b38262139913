import { readListenerRule } from '../cloudformation/readListenerRule';
import type { ListenerRuleModel } from '../InfrastructureModel';
import {
  blocks,
  type StateObject,
  type TerraformState,
} from './TerraformState';

/** The rules of listeners that Terraform itself manages. */
export function readOwnRules(state: TerraformState): ListenerRuleModel[] {
  return state.all('aws_lb_listener_rule').map(rule => ({
    port: portOf(state, rule.listener_arn),
    priority: Number(rule.priority),
    paths: valuesOf(rule, 'path_pattern').sort(),
    only: [
      ...blocksOf(rule, 'http_header').flatMap(({ http_header_name, values }) =>
        (values as string[]).map(value => `${http_header_name}: ${value}`),
      ),
      ...valuesOf(rule, 'source_ip').map(network => `from ${network}`),
    ].sort(),
    actions: blocks(rule, 'action').map(action => {
      const [response] = blocks(action, 'fixed_response');
      return response
        ? `${action.type} ${response.status_code}`
        : String(action.type);
    }),
    // It would be in the state with its secret: see the stacks.
    signIn: null,
  }));
}

/** The rules of listeners in stacks that Terraform creates, because CloudFormation reads secrets itself. */
export function readStackRules(state: TerraformState): ListenerRuleModel[] {
  return state
    .all('aws_cloudformation_stack')
    .flatMap(stack =>
      Object.values<any>(JSON.parse(String(stack.template_body)).Resources),
    )
    .filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .map(({ Properties }) =>
      readListenerRule(Properties, portOf(state, Properties.ListenerArn)),
    );
}

function portOf(state: TerraformState, listenerArn: unknown): number {
  const listener = state
    .all('aws_lb_listener')
    .find(({ arn }) => arn === listenerArn);
  return Number(listener?.port);
}

function blocksOf(rule: StateObject, name: string): StateObject[] {
  return blocks(rule, 'condition').flatMap(condition =>
    blocks(condition, name),
  );
}

function valuesOf(rule: StateObject, name: string): string[] {
  return blocksOf(rule, name).flatMap(({ values }) => values as string[]);
}
