/** Why a group scaled, and the effect of a suspended process. */
export const scalingMessages = {
  'scaled-because': '{{cause}} → {{change}}',
  'scaled-by-alarm': 'Alarm {{name}}',
  'scaled-by-alarm-at': 'Alarm {{name}}: {{figures}}',
  'scaled-by-policy': 'Policy {{name}}',
  'scaled-by-policy-at': 'Policy {{name}}: {{figures}}',
  'scaled-by-some-policy': 'Scaling policy',
  'scaled-by-some-policy-at': 'Scaling policy: {{figures}}',
  'scaled-by-users-above_one':
    '{{users}} active user per instance, above {{threshold}}',
  'scaled-by-users-above_other':
    '{{users}} active users per instance, above {{threshold}}',
  'scaled-by-users-at-least_one':
    '{{users}} active user per instance, at least {{threshold}}',
  'scaled-by-users-at-least_other':
    '{{users}} active users per instance, at least {{threshold}}',
  'scaled-by-users-below_one':
    '{{users}} active user per instance, below {{threshold}}',
  'scaled-by-users-below_other':
    '{{users}} active users per instance, below {{threshold}}',
  'scaled-by-users-at-most_one':
    '{{users}} active user per instance, at most {{threshold}}',
  'scaled-by-users-at-most_other':
    '{{users}} active users per instance, at most {{threshold}}',
  'scaled-by-schedule': 'Schedule {{name}}',
  'scaled-by-some-schedule': 'Schedule',
  'scaled-manually': 'Changed manually',
  'launched-for-unhealthy': 'Replacement for an unhealthy instance',
  'terminated-unhealthy': 'Unhealthy instance terminated',
  'launched-for-interrupted':
    'Replacement for an instance that the provider reclaims',
  'terminated-interrupted': 'The provider reclaims the instance',
  'launched-for-maintenance':
    'Replacement for an instance under maintenance by the provider',
  'terminated-maintenance':
    'Taken out of service for maintenance by the provider',
  'scaled-to-rebalance': 'Zones rebalanced',
  'instances-refreshed': 'Instance refresh',
  'launched-for-lifetime':
    'Replacement for an instance that reached its maximum age',
  'terminated-lifetime': 'The instance reached its maximum age',
  launched: 'Instance launched',
  terminated: 'Instance terminated',
  'capacity-changed': 'Capacity changed',
  'instance-restarted': 'The instance was restarted',
  'group-changed': 'Group changed',
  'suspended-launch':
    'No instances are launched, not even to replace one that failed',
  'suspended-terminate':
    'No instances are terminated: the group does not scale in',
  'suspended-add-to-load-balancer':
    'New instances are not registered and receive no requests',
  'suspended-alarm-notification': 'Alarms do not scale the group',
  'suspended-az-rebalance': 'The zones of the group are not rebalanced',
  'suspended-health-check': 'The health of instances is not checked',
  'suspended-instance-refresh': 'Instances are not refreshed',
  'suspended-replace-unhealthy': 'Unhealthy instances are not replaced',
  'suspended-scheduled-actions': 'Scheduled actions do not run',
  'suspended-other': 'The process {{name}} does not run',
  'failure-capacity': 'Allow more instance types or zones, or try again later',
  'failure-reservation':
    'Enlarge or renew the capacity reservation, or launch without it',
  'failure-quota': 'Request a higher quota, or reduce its other uses',
  'failure-spot-quota':
    'Request a higher Spot quota or raise the maximum price, or allow On-Demand instances',
  'failure-spot-capacity':
    'Allow more instance types and zones for Spot, or On-Demand instances in addition',
  'failure-key-pair':
    'Create the key pair in this region, or correct it in the launch template',
  'failure-security-group':
    'Create the security group in this VPC, or correct it in the launch template',
  'failure-image':
    'Correct the image or the instance type in the launch template',
  'failure-launch-template': 'Give the group a launch template that exists',
  'failure-instance-type':
    'Choose an instance type that the zone offers, or another zone, in the group and its launch template',
  'failure-addresses': 'Release IP addresses, or add a subnet',
  'failure-subnet': 'Correct the subnets of the group',
  'failure-volumes':
    'Correct the volumes of the launch template, or request a higher storage quota',
  'failure-kms-key':
    'Allow the service-linked role of Auto Scaling to use the KMS key of the encrypted volumes',
  'failure-permission': 'Give the group the missing permission',
  'failure-throttled':
    'No action needed if it passes; otherwise make fewer changes at the same time',
  'failure-image-pull':
    "Check the image's name, and that the tasks reach its registry",
  'failure-initialization':
    'Check that the execution role may read the secrets and that the tasks reach their network endpoints',
  'failure-container-capacity':
    'Add container instances with room for the task, or make it smaller',
  'failure-port': 'Free the port that the instance needs',
} as const;
