/** What a call recorded by CloudTrail can have changed: the calls for which the event rules must invoke the function. */
export const kindsOfCalls = {
  AuthorizeSecurityGroupIngress: 'security-groups',
  AuthorizeSecurityGroupEgress: 'security-groups',
  RevokeSecurityGroupIngress: 'security-groups',
  RevokeSecurityGroupEgress: 'security-groups',
  ModifySecurityGroupRules: 'security-groups',
  UpdateAutoScalingGroup: 'group',
  ModifyListener: 'listeners',
  DeleteListener: 'listeners',
  ModifyDBInstance: 'database',
} as const;

/** The activities of Auto Scaling for which the event rules must invoke the function. */
export const watchedActivities: readonly string[] = [
  'EC2 Instance Launch Successful',
  'EC2 Instance Launch Unsuccessful',
  'EC2 Instance Terminate Successful',
  'EC2 Instance Terminate Unsuccessful',
];
