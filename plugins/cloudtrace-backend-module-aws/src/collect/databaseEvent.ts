import { createHash } from 'node:crypto';
import type { Event } from '@aws-sdk/client-rds';
import type { DatabaseEvent } from '@cloudtrace/plugin-cloudtrace-common';

type EventKind = DatabaseEvent['kind'];

/*
 * RDS has a category for failovers but none for their phases, so the text
 * decides; the category decides the rest. First match wins.
 */
const BY_TEXT: Array<[RegExp, EventKind]> = [
  [
    /failover.*\b(?:complete[ds]?|finished|succeeded)\b|\bcompleted\b.*failover/i,
    'failover-completed',
  ],
  [
    /\bstart(?:ed|ing)\b.*failover|failover.*\bstart(?:ed|ing)\b|failover of the DB (?:instance|cluster)|promotion of/i,
    'failover-started',
  ],
  [/\b(?:restart|reboot)(?:ed|ing)?\b/i, 'restart'],
  [/\b(?:shutdown|shut down|stopped|started|recovery)\b/i, 'availability'],
];

const BY_CATEGORY: Record<string, EventKind> = {
  failover: 'failover-started',
  failure: 'availability',
  availability: 'availability',
  recovery: 'availability',
  'low storage': 'availability',
  maintenance: 'maintenance',
  'security patching': 'maintenance',
  'configuration change': 'configuration',
  'global-failover': 'failover-started',
  backup: 'backup',
  backtrack: 'backup',
  restoration: 'backup',
};

const PLANNED =
  /\buser requested\b|requested (?:a )?(?:failover|reboot)|maintenance|upgrade|switchover|modif/i;

/** Zones of a Multi-AZ database after its latest failover. */
export interface DatabaseZones {
  current?: string;
  standby?: string;
}

/** Maps an event of RDS; without a date it cannot be placed and is left out. */
export function mapDatabaseEvent(event: Event): DatabaseEvent[] {
  const { Date: date, Message: message = '' } = event;
  if (!date) return [];
  const categories = event.EventCategories ?? [];
  const at = date.toISOString();
  const kind = eventKind(message, categories);
  return [
    {
      eventId: createHash('sha256')
        .update(`${event.SourceArn}\n${at}\n${message}`)
        .digest('hex')
        .slice(0, 32),
      at,
      kind,
      message,
      ...(kind !== 'other' && {
        planned: PLANNED.test(message) || categories.includes('maintenance'),
      }),
    },
  ];
}

function eventKind(message: string, categories: string[]): EventKind {
  const byText = BY_TEXT.find(([pattern]) => pattern.test(message))?.[1];
  if (byText?.startsWith('failover')) return byText;
  const category = categories.find(name => BY_CATEGORY[name]);
  const byCategory = category ? BY_CATEGORY[category] : undefined;
  // A "failover" in the category whose text names no phase marks its start.
  if (byCategory?.startsWith('failover')) return byCategory;
  return byText === 'restart' ? byText : byCategory ?? byText ?? 'other';
}

/** Member that a message names as the new writer, e.g. `… to DB instance: orders-2`. */
export function failoverTarget(message: string): string | undefined {
  return /failover to DB instance:? ([A-Za-z][A-Za-z0-9-]*)/i.exec(
    message,
  )?.[1];
}

/**
 * Adds the zones to the newest completed failover; for older ones nobody
 * can tell any more in which zone the database was.
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
