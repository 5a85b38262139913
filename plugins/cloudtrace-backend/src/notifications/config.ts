import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of notifications to owners; `cloudtrace.notifications` in the configuration. */
export interface NotificationsConfig {
  enabled: boolean;
  /** Maximum number of notifications per entity and hour. */
  maxPerHour: number;
}

/** Reads `cloudtrace.notifications`, with defaults. */
export function readNotificationsConfig(config: Config): NotificationsConfig {
  const notifications = config.getOptionalConfig('cloudtrace.notifications');
  const maxPerHour = notifications?.getOptionalNumber('maxPerHour') ?? 6;
  if (!Number.isInteger(maxPerHour) || maxPerHour < 0) {
    throw new InputError(
      'cloudtrace.notifications.maxPerHour must be a whole number, at least 0',
    );
  }
  return {
    enabled: notifications?.getOptionalBoolean('enabled') ?? true,
    maxPerHour,
  };
}
