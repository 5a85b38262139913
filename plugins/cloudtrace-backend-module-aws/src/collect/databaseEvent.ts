import { createHash } from 'node:crypto';
import type { Event } from '@aws-sdk/client-rds';
import type { DatabaseEvent } from '@cloudtrace/plugin-cloudtrace-common';
import { rdsEventMeaning } from './rdsEvents';

/** Zones of a Multi-AZ database after its latest failover. */
export interface DatabaseZones {
  current?: string;
  standby?: string;
}

/** Maps an RDS event; skips one without a date, because it has no place in the history. */
export function mapDatabaseEvent(event: Event): DatabaseEvent[] {
  const { Date: date, Message: message = '' } = event;
  if (!date) return [];
  const categories = event.EventCategories ?? [];
  const at = date.toISOString();
  const { kind, planned } = rdsEventMeaning(message, categories);
  return [
    {
      eventId: createHash('sha256')
        .update(`${event.SourceArn}\n${at}\n${message}`)
        .digest('hex')
        .slice(0, 32),
      at,
      kind,
      message,
      ...(planned !== undefined && { planned }),
    },
  ];
}

/** The member that a message names as the new writer, e.g. `… to DB instance: orders-2`. */
export function failoverTarget(message: string): string | undefined {
  return /failover to DB instance:? ([A-Za-z][A-Za-z0-9-]*)/i.exec(
    message,
  )?.[1];
}

/**
 * Adds the zones to the newest completed failover; for older ones the
 * database's zones are no longer known.
 */
export function withZones(
  events: DatabaseEvent[],
  zones: DatabaseZones,
): DatabaseEvent[] {
  const completed = events.filter(e => e.kind === 'failover-completed');
  const newest = completed.sort((a, b) => b.at.localeCompare(a.at))[0];
  if (!newest || !zones.current) return events;
  return events.map(event =>
    event === newest
      ? { ...event, toZone: zones.current, fromZone: zones.standby }
      : event,
  );
}
