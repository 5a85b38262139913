import { parseSettings } from '../lib/settings/parseSettings.ts';
import type { ServiceSettings } from '../lib/settings/ServiceSettings.ts';

/** Values for the settings that have no default; names and accounts are examples. */
export const EXAMPLE = {
  name: 'orders',
  entityRef: 'component:default/orders',
  environment: 'production',
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b'],
  image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0',
  certificateArn:
    'arn:aws:acm:eu-central-1:111111111111:certificate/11111111-2222-3333-4444-555555555555',
  hostName: 'orders.example.org',
};

/** Validated settings, with some of them changed. */
export function exampleSettings(
  changes: Partial<ServiceSettings> = {},
): ServiceSettings {
  return parseSettings({ ...EXAMPLE, ...changes });
}

/** All settings used. */
export const EVERYTHING_ON: Partial<ServiceSettings> = {
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  scalingPolicy: 'active-users',
  spotEnabled: true,
  alarmEmail: 'team@example.org',
  hostedZoneId: 'Z0123456789ABC',
  otlpEndpoint: 'https://portal.example.org/api/cloudtrace/otlp',
  portalAccountId: '222222222222',
  portalExternalId: 'cloudtrace-orders',
};
