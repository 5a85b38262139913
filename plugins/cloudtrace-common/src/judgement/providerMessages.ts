/**
 * What fleet providers could not do, and how to fix it. A provider that words
 * its problems itself uses none of these.
 */
export const providerMessages = {
  'aws-not-configured': 'AWS is not configured',
  'aws-not-configured-next':
    "Add the accounts to cloudtrace.aws.accounts in the portal's configuration; docs/aws.md shows how",
  'aws-access-denied':
    '{{action}} was denied (account {{account}}, region {{region}})',
  'aws-access-denied-next':
    'Add the action to the policy of the role that CloudTrace uses in this account; if it is there, check for a service control policy or a permissions boundary that denies it',
  'aws-assume-role-next':
    "Let the portal's identity assume the role: check the role's trust policy and ExternalId",
  'aws-expired-credentials':
    '{{action}} failed because AWS did not accept the credentials (account {{account}}, region {{region}})',
  'aws-expired-credentials-next':
    "Check the credentials of this account in the portal's configuration; if its other regions work, enable this region in the account or remove it from cloudtrace.aws.accounts",
  'aws-clock-skew':
    "{{action}} failed because the portal's clock differs from that of AWS (account {{account}}, region {{region}})",
  'aws-clock-skew-next':
    "Synchronize the clock of the portal's host, for example with NTP",
  'aws-not-enabled':
    '{{action}} failed because the account, the region or the service is not enabled (account {{account}}, region {{region}})',
  'aws-not-enabled-next':
    'Enable the region in this account, or remove it from cloudtrace.aws.accounts; check that the account is active',
  'aws-throttled':
    '{{action}} was throttled by AWS (account {{account}}, region {{region}})',
  'aws-throttled-next':
    'CloudTrace calls less often; if the throttling persists, lower cloudtrace.aws.limits.concurrency or lengthen the intervals',
  'aws-timeout':
    '{{action}} did not respond in time (account {{account}}, region {{region}})',
  'aws-timeout-next':
    'Check that the portal reaches the AWS endpoints of this region; CloudTrace tries again',
  'aws-unavailable':
    '{{action}} could not be reached or failed (account {{account}}, region {{region}})',
  'aws-unavailable-next':
    'Check that the portal reaches the AWS endpoints of this region, and the AWS Health Dashboard; CloudTrace tries again',
  'aws-not-found':
    '{{action}} did not find the resource (account {{account}}, region {{region}})',
  'aws-not-found-next':
    'Check that the resource still exists and that the annotation names it',
  'aws-invalid-request':
    '{{action}} was rejected as invalid (account {{account}}, region {{region}})',
  'aws-invalid-request-named':
    '{{action}} was rejected as invalid ({{error}}; account {{account}}, region {{region}})',
  'aws-invalid-request-next':
    'Check that the annotation names the resource; if it does, report the problem to the authors of CloudTrace with the log line',
  'aws-invalid-response':
    '{{action}} returned a response that could not be read (account {{account}}, region {{region}})',
  'aws-invalid-response-named':
    '{{action}} returned a response that could not be read ({{error}}; account {{account}}, region {{region}})',
  'aws-invalid-response-next':
    'Check for a proxy between the portal and AWS that changes responses',
  'aws-paused':
    '{{action}} is paused because of an earlier failure: {{failure}}',
  'aws-truncated':
    '{{action}} has more entries than were read (account {{account}}, region {{region}}); the rest is missing here',
  'aws-nothing-stored':
    '{{action}} has more pages than the limit allows, so none of it was stored (account {{account}}, region {{region}})',
  'aws-raise-max-pages': 'Raise cloudtrace.aws.limits.maxPages',
  'aws-account-not-configured':
    'The account or region of this resource is not configured',
  'aws-account-not-configured-next': 'Add it to cloudtrace.aws.accounts',
  'aws-unreadable':
    'CloudTrace could not read a response from AWS ({{region}})',
  'aws-unreadable-next': 'See the log of the backend',
  'aws-gone-auto-scaling-group':
    "The Auto Scaling group '{{name}}' no longer exists",
  'aws-gone-ecs-service': "The ECS service '{{name}}' no longer exists",
  'aws-gone-database': "The database '{{name}}' no longer exists",
  'aws-gone-next':
    'Remove or correct the annotation, or wait for the next search by tag',
  'aws-metric-hidden':
    'CloudWatch does not show the metric {{metric}} to this role',
  'aws-metric-hidden-next': 'Allow the role to read metrics of this namespace',
  'aws-enable-security-hub':
    'Enable Security Hub in this region, or set cloudtrace.aws.findings.securityHub to false',
  'aws-enable-inspector':
    'Enable Amazon Inspector in this region, or set cloudtrace.aws.findings.inspector to false',
  // Inspector returns the same error if it is disabled and if the role has no
  // permission.
  'aws-inspector-denied-next':
    'Add the action to the policy of the role that CloudTrace uses in this account, and check that Amazon Inspector is enabled in this region; or set cloudtrace.aws.findings.inspector to false',
  'aws-annotation-invalid':
    'The annotation {{annotation}} does not contain {{expected}}',
  'aws-annotation-invalid-next':
    "Use {{expected}}; account, region and role come from the portal's configuration",
  'aws-expected-auto-scaling-group': 'the name or ARN of an Auto Scaling group',
  'aws-expected-target-group': 'the name or ARN of a target group',
  'aws-expected-load-balancer': 'the name or ARN of a load balancer',
  'aws-expected-database':
    'the identifier or ARN of a database instance or cluster',
  'aws-expected-ecs-service': 'cluster/service or the ARN of an ECS service',
  'problem-at': '{{place}}: {{problem}}',
  'annotation-of-entity': '{{annotation}} of {{entity}}',
  'aws-arn-not-configured':
    'the ARN names an account or region that CloudTrace does not read',
  'aws-arn-not-configured-next':
    'Ask the platform team to add the account and region to cloudtrace.aws.accounts, or correct the ARN',
  'aws-ambiguous-name': "'{{name}}' exists in more than one account or region",
  'aws-ambiguous-name-next': 'Write the ARN instead of the name',
  'aws-search-incomplete':
    "'{{name}}' was not found, and not everything could be searched. {{failure}}",
  'aws-unknown-name':
    "'{{name}}' does not exist in the configured accounts and regions",
  'aws-unknown-name-next':
    'Check the name, and that its account and region are in cloudtrace.aws.accounts',
  'aws-not-linked':
    "no resource '{{name}}' with the tag cloudtrace:entity-ref={{entity}} was found",
  'aws-not-linked-next':
    'Tag the resource with cloudtrace:entity-ref={{entity}} in one of the configured accounts',
  'local-not-found': 'The local fleet no longer has {{name}}',
  'local-not-found-next': 'Start the service again from its local repository',
  'local-not-running': '{{name}} is not running on the local fleet: {{status}}',
  'local-not-running-next':
    'See "npm run fleet -- status"; "npm run fleet -- start-service {{name}}" tries again',
  'local-unavailable': 'The local fleet could not be read: {{error}}',
  'local-unavailable-next':
    'Start the portal with "npm run dev", or the fleet alone with "npm run fleet -- run"',
  'located-local':
    'service {{service}} of the local fleet was started for this entity',
  'located-through': '{{detail}}, through {{type}} {{name}}',
  'local-standby-stopped':
    'The standby in {{zone}} stopped with its zone; the zone must return before a standby runs again',
  'local-standby-ready':
    'The standby in {{zone}} is ready and streams from {{primary}}',
  'local-primary-responds': 'The primary in {{zone}} responds again',
  'local-primary-silent': 'The primary in {{zone}} does not respond',
  'local-primary-failed':
    'The primary in {{zone}} failed ({{reason}}) and no standby can take over, so it is restarted',
  'local-primary-runs': 'The primary in {{zone}} is running again',
  'local-failover-started':
    'Failover of the local database from {{from}} to {{to}} started: {{reason}}',
  'local-failover-completed':
    'Failover completed: the server in {{zone}} is now the primary',
  'local-reason-zone': 'zone {{zone}} was stopped',
  'local-reason-manual': 'the primary was taken down manually',
  'local-reason-silent': 'the primary stopped responding',
  'report-not-stored':
    'The report of {{provider}} for {{resource}} could not be stored',
} as const;
