import { mutationsOf, type Mutation } from './Mutation';

/** Mistakes in CDK code about self-healing. */
export const CDK_HEALING_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf('lib/healing/HealingRole.ts', [
    [
      'self-healing of any database',
      "'RestoreDatabase',\n      ['rds:ModifyDBInstance'],\n      [arnOfDatabase(database.instance)],",
      "'RestoreDatabase',\n      ['rds:ModifyDBInstance'],\n      ['*'],",
    ],
    [
      'self-healing that may do anything in EC2',
      "'ec2:AuthorizeSecurityGroupEgress',",
      "'ec2:*',",
    ],
    [
      'self-healing that may end instances',
      "['autoscaling:SetInstanceHealth']",
      "['autoscaling:SetInstanceHealth', 'autoscaling:TerminateInstanceInAutoScalingGroup']",
    ],
    [
      'self-healing that may set any bounds',
      "'autoscaling:MinSize': String(settings.minSize),",
      '',
    ],
    [
      'self-healing that may open the database',
      "'rds:PubliclyAccessible': 'false'",
      "'rds:PubliclyAccessible': 'true'",
    ],
    [
      'self-healing that may turn off TLS',
      "'elasticloadbalancing:ListenerProtocol': [protocol],",
      '',
    ],
    [
      'self-healing that may declare anything itself',
      "['ssm:GetParameter']",
      "['ssm:GetParameter', 'ssm:PutParameter']",
    ],
  ]),
  ...mutationsOf('lib/healing/Healing.ts', [
    [
      'a deployment that self-healing undoes',
      'PAUSE_PARAMETER: this.pauseParameter,',
      'PAUSE_PARAMETER: declaredParameter,',
    ],
    [
      'failed repairs of self-healing that are lost',
      'deadLetterQueue: this.failedEvents,',
      '',
    ],
    [
      'two repairs of self-healing at once',
      'reservedConcurrentExecutions: 1,',
      'reservedConcurrentExecutions: 5,',
    ],
  ]),
  ...mutationsOf('lib/healing/triggers.ts', [
    [
      'a listener that self-healing does not watch',
      "calls: ['DeleteListener', 'ModifyListener'],",
      "calls: ['DeleteListener'],",
    ],
    [
      'a database that self-healing does not watch',
      "rds: { source: 'aws.rds', calls: ['ModifyDBInstance'] },",
      '',
    ],
    [
      'a check of self-healing once a day',
      'events.Schedule.rate(Duration.minutes(5))',
      'events.Schedule.rate(Duration.days(1))',
    ],
    [
      'alarms that start no self-healing',
      'alarmName: [props.cpuAlarm, props.memoryAlarm],',
      'alarmName: [props.cpuAlarm],',
    ],
  ]),
  ...mutationsOf('lib/healing/declaredState.ts', [
    [
      'declared rules that self-healing removes',
      'ingress: ingressOf(stack, group),',
      'ingress: [],',
    ],
    [
      'a public database as declared state of self-healing',
      'publiclyAccessible: false',
      'publiclyAccessible: true',
    ],
  ]),
];
