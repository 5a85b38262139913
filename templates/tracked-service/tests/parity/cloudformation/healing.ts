import { readDeclared } from '../declaredState';
import type {
  HealingModel,
  HealingRuleModel,
  Plain,
} from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';
import { readOwners } from './network';

/** What restores the declared state, if the repository has it. */
export function readHealing(
  template: CloudFormationTemplate,
): HealingModel | null {
  const entry = template
    .entries('AWS::Lambda::Function')
    .find(([, { Properties }]) =>
      String(Properties?.FunctionName).endsWith('-healing'),
    );
  if (!entry) return null;
  const [id, { Properties: handler = {} }] = entry;
  const invoke = template.one('AWS::Lambda::EventInvokeConfig');
  const parameter = template.one('AWS::SSM::Parameter');
  const declared = readDeclared(
    template.text(parameter.Value, target =>
      template.typeOf(target) === 'AWS::EC2::SecurityGroup'
        ? target
        : undefined,
    ),
    readOwners(template),
  );
  const group = template.one('AWS::AutoScaling::AutoScalingGroup');
  return {
    function: {
      name: handler.FunctionName,
      runtime: handler.Runtime,
      architecture: handler.Architectures,
      handler: handler.Handler,
      timeoutSeconds: handler.Timeout,
      memoryMb: handler.MemorySize,
      concurrency: handler.ReservedConcurrentExecutions,
      retries: invoke.MaximumRetryAttempts,
      maxAgeSeconds: invoke.MaximumEventAgeInSeconds,
      deadLetters: template.neutral(handler.DeadLetterConfig?.TargetArn),
      declaredIn: parameter.Name,
    },
    environment: Object.fromEntries(
      Object.entries(handler.Environment.Variables).map(([name, value]) => [
        name,
        template.neutral(value),
      ]),
    ),
    rules: sortedByContent(
      template
        .entries('AWS::Events::Rule')
        .map(([ruleId, { Properties = {} }]) =>
          readRule(template, ruleId, Properties, id),
        ),
    ),
    declared: {
      ...declared,
      group: {
        ...declared.group,
        name:
          declared.group.name === '<group>'
            ? group.AutoScalingGroupName
            : declared.group.name,
      },
    },
  };
}

function readRule(
  template: CloudFormationTemplate,
  ruleId: string,
  rule: Properties,
  functionId: string,
): HealingRuleModel {
  const isTarget = (rule.Targets ?? []).some(
    ({ Arn }: Properties) => template.target(Arn) === functionId,
  );
  const isAllowed = template
    .all('AWS::Lambda::Permission')
    .some(
      permission =>
        template.target(permission.SourceArn) === ruleId &&
        permission.Principal === 'events.amazonaws.com',
    );
  return {
    name: rule.Name,
    schedule: rule.ScheduleExpression ?? null,
    pattern: template.neutral(rule.EventPattern) as Plain,
    invokes: isTarget && isAllowed,
  };
}
