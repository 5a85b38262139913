import {
  kindsOfCalls,
  watchedActivities,
} from '../../../features/self-healing/healing/src/watched';
import type {
  HealingModel,
  InfrastructureModel,
  Plain,
} from '../InfrastructureModel';
import type { Rule } from './Rule';

/** What self-healing promises: features/self-healing/docs/self-healing.md. */
const PROMISE = 'self-healing.md';

/** What the function may change, each only in resources of this service. */
const CHANGES =
  /^Allow (?:autoscaling:SetInstanceHealth|autoscaling:UpdateAutoScalingGroup|ec2:(?:Authorize|Revoke)SecurityGroup(?:Egress|Ingress)|elasticloadbalancing:ModifyListener|kms:(?:Decrypt|GenerateDataKey)|logs:(?:CreateLogStream|PutLogEvents)|rds:ModifyDBInstance|sns:Publish|sqs:SendMessage) /;
/** What it could not restore, to report it once; not the declared state, which it must not write. */
const REMEMBERS =
  /^Allow ssm:(?:Delete|Put)Parameter \S+:parameter\/[\w-]+\/healing\/problems$/;
const READS = /^Allow \w+:(?:Describe|Get)\w+ /;

/** A rule for infrastructure with self-healing. */
function healingRule(
  source: string,
  find: (healing: HealingModel, model: InfrastructureModel) => string[],
): Rule {
  return {
    source,
    find: model => (model.healing ? find(model.healing, model) : []),
  };
}

/** Self-healing notices every change, restores exactly what is declared, and can do nothing else. */
export const healingRules: readonly Rule[] = [
  healingRule(PROMISE, ({ rules }) =>
    missing(Object.keys(kindsOfCalls), valuesOf(rules, 'eventName')).map(
      call => `nobody notices the call ${call}`,
    ),
  ),
  healingRule(PROMISE, ({ rules }) =>
    missing(
      watchedActivities,
      rules.flatMap(({ pattern }) => stringsAt(pattern, 'detail-type')),
    ).map(activity => `nobody notices the activity ${activity}`),
  ),
  healingRule(PROMISE, ({ rules }) =>
    rules.some(({ schedule }) => schedule === 'rate(5 minutes)')
      ? []
      : ['without CloudTrail, nobody notices a change within minutes'],
  ),
  healingRule(PROMISE, ({ rules }) =>
    rules
      .filter(({ invokes }) => !invokes)
      .map(({ name }) => `the rule ${name} does not start self-healing`),
  ),
  healingRule(PROMISE, ({ rules }, { alarms }) =>
    ['instance-cpu', 'instance-memory'].flatMap(suffix => {
      const alarm = alarms.find(({ name }) => name.endsWith(`-${suffix}`));
      return alarm && valuesOf(rules, 'alarmName').includes(alarm.name)
        ? []
        : [`no alarm ${suffix} starts self-healing`];
    }),
  ),
  healingRule(PROMISE, ({ declared }, { connections }) => [
    ...missing(connections, declared.connections).map(
      line => `self-healing would remove a declared rule: ${line}`,
    ),
    ...missing(declared.connections, connections).map(
      line => `self-healing would add a rule that nothing declares: ${line}`,
    ),
  ]),
  healingRule(PROMISE, ({ declared }, { compute, entry, database }) => [
    ...(declared.group.minSize === compute.group.minSize &&
    declared.group.maxSize === compute.group.maxSize
      ? []
      : ['self-healing would change the bounds of the group']),
    ...(declared.database.publiclyAccessible === database.public
      ? []
      : ['self-healing would change the public access of the database']),
    ...(JSON.stringify(listenersOf(declared.listeners)) ===
    JSON.stringify(entry.listeners.map(listenerLine).sort())
      ? []
      : ['self-healing would change the listeners']),
  ]),
  healingRule('Lambda.1, IAM.21', (_healing, { roles }) =>
    roles
      .filter(({ assumedBy }) => assumedBy.includes('lambda.amazonaws.com'))
      .flatMap(({ permissions }) =>
        permissions.filter(
          line =>
            !CHANGES.test(line) && !READS.test(line) && !REMEMBERS.test(line),
        ),
      )
      .map(line => `self-healing may do more than restore: ${line}`),
  ),
  healingRule(
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#use-policy-conditions',
    ({ declared }, { roles }) =>
      unconditional(
        roles.flatMap(({ permissions }) => permissions),
        {
          'autoscaling:UpdateAutoScalingGroup': [
            JSON.stringify({
              NumericEquals: {
                'autoscaling:MaxSize': String(declared.group.maxSize),
                'autoscaling:MinSize': String(declared.group.minSize),
              },
            }),
          ],
          'elasticloadbalancing:ModifyListener': declared.listeners.map(
            ({ protocol, sslPolicy }) =>
              JSON.stringify({
                'ForAllValues:StringEquals': {
                  'elasticloadbalancing:ListenerProtocol': [protocol],
                  ...(sslPolicy && {
                    'elasticloadbalancing:SecurityPolicy': [sslPolicy],
                  }),
                },
              }),
          ),
          'rds:ModifyDBInstance': ['"rds:PubliclyAccessible":"false"'],
        },
      ),
  ),
  healingRule(PROMISE, ({ environment }, { roles }) => {
    const parameter = String(environment.PAUSE_PARAMETER);
    const mayRead = roles.some(({ permissions }) =>
      permissions.some(
        line =>
          line.startsWith('Allow ssm:GetParameter ') &&
          line.endsWith(`parameter${parameter}`),
      ),
    );
    return parameter.endsWith('/healing/paused-until') && mayRead
      ? []
      : ['self-healing would undo a deployment: it does not see the pause'];
  }),
  healingRule(
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
    ({ function: handler }, { alarms }) =>
      handler.deadLetters === '<queue>' &&
      alarms.some(({ name }) => name.endsWith('healing-failed'))
        ? []
        : ['a repair that fails is lost'],
  ),
  healingRule(PROMISE, ({ function: handler }) =>
    handler.concurrency === 1
      ? []
      : ['two runs of self-healing could replace two instances at once'],
  ),
];

function missing(
  wanted: readonly string[],
  found: readonly string[],
): string[] {
  return wanted.filter(item => !found.includes(item));
}

function valuesOf(rules: HealingModel['rules'], field: string): string[] {
  return rules.flatMap(({ pattern }) =>
    isObject(pattern) ? stringsAt(pattern.detail ?? null, field) : [],
  );
}

function stringsAt(value: Plain, field: string): string[] {
  const found = isObject(value) ? value[field] : undefined;
  return Array.isArray(found) ? found.map(String) : [];
}

function isObject(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unconditional(
  permissions: readonly string[],
  conditions: Readonly<Record<string, readonly string[]>>,
): string[] {
  return Object.entries(conditions).flatMap(([action, allowed]) =>
    permissions
      .filter(line => line.startsWith(`Allow ${action} `))
      .filter(line => !allowed.some(condition => line.includes(condition)))
      .map(line => `self-healing may set any value: ${line}`),
  );
}

function listenersOf(listeners: HealingModel['declared']['listeners']) {
  return listeners
    .map(({ port, protocol, sslPolicy, certificateArn, targetGroupArn }) =>
      listenerLine({
        port,
        protocol,
        tls: sslPolicy ?? null,
        certificate: certificateArn ?? null,
        action: targetGroupArn ? 'forward' : 'redirect',
      }),
    )
    .sort();
}

function listenerLine(listener: Readonly<Record<string, Plain>>): string {
  const { port, protocol, tls, certificate, action } = listener;
  return JSON.stringify([port, protocol, tls, certificate, action]);
}
