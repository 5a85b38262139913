/** A finding of checkov or cfn-lint that is no mistake here. */
export interface AcceptedFinding {
  readonly id: string;
  /** Only on these resources; on all if it is missing. */
  readonly resource?: RegExp;
  readonly reason: string;
}

/** Every one needs a reason that the next person can check. */
export const ACCEPTED: readonly AcceptedFinding[] = [
  {
    id: 'CKV_AWS_31',
    reason:
      'The cache holds only copies of rows and accepts only the security group of the service, over TLS: a password would add a secret without keeping anyone out.',
  },
  {
    id: 'CKV_AWS_338',
    reason:
      'How long log lines are kept is a setting (30 days by default); our own table rejects "forever".',
  },
  {
    id: 'CKV_AWS_353',
    reason:
      'Performance insights cost money and are not available for the smallest instance classes.',
  },
  {
    id: 'CKV_AWS_118',
    reason:
      'Enhanced monitoring costs money; the alarms use the standard metrics.',
  },
  {
    id: 'CKV_AWS_161',
    reason:
      'The service signs in with a rotated password from Secrets Manager or with leases of Vault; tokens of IAM are limited to 200 new connections a second.',
  },
  {
    id: 'CKV_AWS_260',
    resource: /load_?balancer/i,
    reason: 'The load balancer answers port 80 only with a redirect to HTTPS.',
  },
  {
    id: 'CKV_AWS_18',
    resource: /logs/i,
    reason:
      'This bucket receives the access logs: logging its own accesses would never end.',
  },
  {
    id: 'CKV_AWS_145',
    resource: /logs/i,
    reason:
      'The load balancer can deliver its logs only to a bucket with keys managed by S3.',
  },
  {
    id: 'CKV_AWS_144',
    reason:
      'Logs and downloads can be made again; a second region is a decision of the owner.',
  },
  {
    id: 'CKV2_AWS_62',
    reason: 'Nothing reacts to new objects in these buckets.',
  },
  {
    id: 'CKV2_AWS_31',
    reason:
      'The firewall reports what it blocks as metrics; a log of requests would contain personal data.',
  },
  {
    id: 'CKV2_AWS_28',
    reason:
      'The firewall is an optional part; with it, checkov does not follow the association into the module.',
  },
  {
    id: 'CKV2_AWS_57',
    resource: /ingest_token/,
    reason:
      'The portal issues and rotates this token: it accepts two of them while a new one is rolled out.',
  },
  {
    id: 'CKV2_AWS_57',
    resource: /database_login/,
    reason:
      'The migration rotates this login in each deployment, and alternates between two users.',
  },
  {
    id: 'CKV2_AWS_5',
    resource: /migration/,
    reason:
      'The deployment attaches this group when it runs the task of the migration.',
  },
  ...['CKV_AWS_115', 'CKV_AWS_116', 'CKV_AWS_117'].map(id => ({
    id,
    resource: /CustomVpcRestrictDefaultSG/,
    reason:
      "The CDK's own function closes the default security group once, when the stack is created.",
  })),
  {
    id: 'CKV_AWS_111',
    resource: /ComputeRole/,
    reason:
      'These actions do not support resource-level permissions; our own table lists them one by one.',
  },
  {
    id: 'CKV_AWS_355',
    resource: /portal/,
    reason:
      'The portal finds what belongs to the service by tags, before it knows any name; it reads states, and no data.',
  },
  {
    id: 'CKV2_AWS_34',
    resource: /environment/,
    reason:
      'The variables of the pods: addresses and names of secrets, but no secret.',
  },
  {
    id: 'CKV_AWS_27',
    resource: /Queue/,
    reason:
      'The queues are encrypted with keys managed by SQS, which the rule does not know in templates.',
  },
  {
    id: 'W3010',
    reason:
      'The zones are a setting: looking them up would need an account at each synthesis.',
  },
  {
    id: 'W3005',
    resource: /CustomVpcRestrictDefaultSG|HealingFunction|CustomBrokerFunction/,
    reason: 'Written by the CDK itself.',
  },
  {
    id: 'W3005',
    resource: /^Compute(?:Cluster|Node|PodRoles|vpccni|amazoncloudwatch)/,
    reason:
      'These wait for the permissions of a role, which its ARN alone does not ensure; the CDK then names the role, too.',
  },
  {
    id: 'E3002',
    resource:
      /LoadBalancerHttp|LoadBalancerHttps|TaskCountTarget|ObservabilityDashboard/,
    reason:
      "These types accept tags; the schema of cfn-lint is older than the CDK's, which checks the template too.",
  },
  {
    id: 'E3016',
    resource: /ComputeGroup/,
    reason:
      "CloudFormation accepts AutoScalingInstanceRefresh; cfn-lint's schema does not know it yet.",
  },
  {
    id: 'W3691',
    resource: /DatabaseInstance/,
    reason:
      'The engine version "17" stands for the newest minor version, which RDS chooses.',
  },
];
