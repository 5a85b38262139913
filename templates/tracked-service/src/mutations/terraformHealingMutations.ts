import { mutationsOf, type Mutation } from './Mutation';

const inModule = (file: string) => `modules/healing/${file}.tf`;

/** Mistakes in Terraform code about self-healing. */
export const TERRAFORM_HEALING_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inModule('iam'), [
    [
      'self-healing of any database',
      'Action   = ["rds:ModifyDBInstance"]\n      Resource = var.database.arn',
      'Action   = ["rds:ModifyDBInstance"]\n      Resource = "*"',
    ],
    [
      'self-healing that may do anything in EC2',
      '"ec2:AuthorizeSecurityGroupEgress", ',
      '"ec2:*", ',
    ],
    [
      'self-healing that may end instances',
      '["autoscaling:SetInstanceHealth"]',
      '["autoscaling:SetInstanceHealth", "autoscaling:TerminateInstanceInAutoScalingGroup"]',
    ],
    [
      'self-healing that may set any bounds',
      '"autoscaling:MinSize" = tostring(var.group.min_size)',
      '',
    ],
    [
      'self-healing that may open the database',
      '"rds:PubliclyAccessible" = tostring(var.database.publicly_accessible)',
      '"rds:PubliclyAccessible" = "true"',
    ],
    [
      'self-healing that may turn off TLS',
      '{ "elasticloadbalancing:ListenerProtocol" = [protocol] },',
      '{},',
    ],
    [
      'self-healing that may declare anything itself',
      '["ssm:GetParameter"]',
      '["ssm:GetParameter", "ssm:PutParameter"]',
    ],
  ]),
  ...mutationsOf(inModule('main'), [
    [
      'a deployment that self-healing undoes',
      'PAUSE_PARAMETER         = local.pause_parameter',
      'PAUSE_PARAMETER         = aws_ssm_parameter.declared.name',
    ],
    [
      'two repairs of self-healing at once',
      'reserved_concurrent_executions = 1',
      'reserved_concurrent_executions = 5',
    ],
  ]),
  ...mutationsOf(inModule('triggers'), [
    [
      'a listener that self-healing does not watch',
      '["DeleteListener", "ModifyListener"]',
      '["DeleteListener"]',
    ],
    [
      'a database that self-healing does not watch',
      'calls = ["ModifyDBInstance"]',
      'calls = []',
    ],
    ['a check of self-healing once a day', 'rate(5 minutes)', 'rate(1 day)'],
    [
      'alarms that start no self-healing',
      '[var.cpu_alarm, var.memory_alarm]',
      '[var.cpu_alarm]',
    ],
    [
      'rules that may not start self-healing',
      'for_each = aws_cloudwatch_event_rule.healing\n\n  statement_id',
      'for_each = {}\n\n  statement_id',
    ],
  ]),
  ...mutationsOf('declared-rules.tf', [
    [
      'declared rules that self-healing removes',
      'module.database.declared_rules,',
      '',
    ],
  ]),
  ...mutationsOf('healing.tf', [
    [
      'a failure of self-healing that nobody hears of',
      'healing-failed = {',
      'healing-other = {',
    ],
  ]),
];
