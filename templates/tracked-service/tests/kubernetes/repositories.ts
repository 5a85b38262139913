import type { OptionValue } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { requiredAnswers } from '../../src/combinations';

const onKubernetes = { ...requiredAnswers, compute: 'kubernetes' };

/** The answers of the repositories whose manifests are checked: each starter, and each way in which its pods scale. */
export const repositories: Readonly<
  Record<string, Record<string, OptionValue>>
> = {
  'request-tracker': { ...onKubernetes, starter: 'request-tracker' },
  storefront: { ...onKubernetes, starter: 'storefront' },
  notifications: { ...onKubernetes, starter: 'notifications' },
  'request-tracker-by-users': {
    ...onKubernetes,
    starter: 'request-tracker',
    scaling: 'active-users',
  },
  'storefront-by-cpu': {
    ...onKubernetes,
    starter: 'storefront',
    scaling: 'target-tracking',
  },
  'notifications-by-lag': {
    ...onKubernetes,
    starter: 'notifications',
    workerScaling: 'consumer-lag',
  },
};
