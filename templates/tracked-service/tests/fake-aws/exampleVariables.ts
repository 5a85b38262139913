/** Values for the Terraform variables that have no default; names and accounts are examples. */
export const EXAMPLE_VARIABLES = {
  name: 'orders',
  entity_ref: 'component:default/orders',
  environment: 'production',
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b'],
  image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0',
  certificate_arn:
    'arn:aws:acm:eu-central-1:111111111111:certificate/11111111-2222-3333-4444-555555555555',
  host_name: 'orders.example.org',
} as const;

/** The same with all options enabled. */
export const EVERYTHING_ON = {
  ...EXAMPLE_VARIABLES,
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  scaling_policy: 'active-users',
  spot_enabled: true,
  alarm_email: 'team@example.org',
  hosted_zone_id: 'Z0123456789ABC',
  otlp_endpoint: 'https://portal.example.org/api/cloudtrace/otlp',
  portal_account_id: '222222222222',
  portal_external_id: 'cloudtrace-orders',
};
