import { readDeclared } from '../declaredState';
import type {
  HealingModel,
  HealingRuleModel,
  Plain,
} from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readOwners } from './network';
import {
  block,
  neutral,
  type StateObject,
  type TerraformState,
} from './TerraformState';

/** What restores the declared state, if the repository has it. */
export function readHealing(state: TerraformState): HealingModel | null {
  const handler = state.optional('aws_lambda_function');
  if (!handler) return null;
  const invoke = state.optional('aws_lambda_function_event_invoke_config');
  const environment = block(handler, 'environment').variables as StateObject;
  const database = String(state.one('aws_db_instance').identifier);
  const declared = readDeclared(
    neutralExceptGroups(String(state.one('aws_ssm_parameter').value)),
    readOwners(state),
  );
  return {
    function: {
      name: handler.function_name as Plain,
      runtime: handler.runtime as Plain,
      architecture: (handler.architectures as Plain[]) ?? [],
      handler: handler.handler as Plain,
      timeoutSeconds: Number(handler.timeout),
      memoryMb: Number(handler.memory_size),
      concurrency: Number(handler.reserved_concurrent_executions),
      retries: Number(invoke?.maximum_retry_attempts),
      maxAgeSeconds: Number(invoke?.maximum_event_age_in_seconds),
      deadLetters: neutral(
        String(block(handler, 'dead_letter_config').target_arn),
      ),
      declaredIn: state.one('aws_ssm_parameter').name as Plain,
    },
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        neutral(String(value)),
      ]),
    ),
    rules: sortedByContent(
      state
        .all('aws_cloudwatch_event_rule')
        .map(rule => readRule(state, rule, handler)),
    ),
    declared: {
      ...declared,
      database: {
        ...declared.database,
        identifier:
          declared.database.identifier === database
            ? '<database>'
            : declared.database.identifier,
      },
    },
  };
}

function readRule(
  state: TerraformState,
  rule: StateObject,
  handler: StateObject,
): HealingRuleModel {
  const isTarget = state
    .all('aws_cloudwatch_event_target')
    .some(target => target.rule === rule.name && target.arn === handler.arn);
  const isAllowed = state
    .all('aws_lambda_permission')
    .some(
      permission =>
        permission.source_arn === rule.arn &&
        permission.principal === 'events.amazonaws.com',
    );
  return {
    name: String(rule.name),
    schedule: (rule.schedule_expression as string) || null,
    pattern: rule.event_pattern
      ? (JSON.parse(String(rule.event_pattern)) as Plain)
      : null,
    invokes: isTarget && isAllowed,
  };
}

/** Security groups keep their ids, because each is another one. */
function neutralExceptGroups(text: string): string {
  return text
    .split(/(aws_security_group-\d+-id)/)
    .map(part =>
      part.startsWith('aws_security_group-') ? part : neutral(part),
    )
    .join('');
}
