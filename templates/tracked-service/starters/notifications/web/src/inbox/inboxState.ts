import type { LiveEvent, Notification, NotificationList } from '../api/types';

/**
 * What this window knows of the inbox. Events may arrive twice and in any order, and lists may be older than the events:
 * the result is the same.
 */
export interface InboxState {
  /** The newest list; undefined until the first one has arrived. */
  readonly base:
    { readonly unread: number; readonly lastEventId: number } | undefined;
  readonly notifications: ReadonlyMap<string, Notification>;
  /** When notifications were read, also of those that are not loaded. */
  readonly reads: ReadonlyMap<string, string>;
  /** Events after the base, and by how much each changes the number of unread notifications. */
  readonly changes: ReadonlyMap<number, 1 | -1>;
  /** Where the stream continues after an interruption. */
  readonly lastEventId: number;
  /** Where the next page of older notifications begins; undefined on the last page. */
  readonly nextBefore: number | undefined;
}

export type InboxAction =
  | {
      readonly type: 'listed';
      readonly list: NotificationList;
      readonly before?: number;
    }
  | { readonly type: 'arrived'; readonly events: readonly LiveEvent[] }
  | { readonly type: 'marked'; readonly id: string; readonly readAt: string }
  | { readonly type: 'reset' };

export const emptyInbox: InboxState = {
  base: undefined,
  notifications: new Map(),
  reads: new Map(),
  changes: new Map(),
  lastEventId: 0,
  nextBefore: undefined,
};

export function reduceInbox(
  state: InboxState,
  action: InboxAction,
): InboxState {
  switch (action.type) {
    case 'listed':
      return afterList(state, action.list, action.before);
    case 'arrived':
      return afterEvents(state, action.events);
    case 'marked':
      return {
        ...state,
        reads: withRead(state.reads, action.id, action.readAt),
      };
    case 'reset':
      return emptyInbox;
  }
}

function afterList(
  state: InboxState,
  { items, unread, lastEventId, nextBefore }: NotificationList,
  before: number | undefined,
): InboxState {
  const first = state.base === undefined;
  const newer = !state.base || lastEventId >= state.base.lastEventId;
  const base = newer ? { unread, lastEventId } : state.base;
  return {
    ...state,
    base,
    notifications: withAll(state.notifications, items),
    changes: new Map(
      [...state.changes].filter(([id]) => id > base.lastEventId),
    ),
    // A later list is one page only. The stream delivers what is between it and what is known already.
    lastEventId: first ? lastEventId : state.lastEventId,
    nextBefore: first || before !== undefined ? nextBefore : state.nextBefore,
  };
}

function afterEvents(
  state: InboxState,
  events: readonly LiveEvent[],
): InboxState {
  const notifications = new Map(state.notifications);
  const reads = new Map(state.reads);
  const changes = new Map(state.changes);
  let { lastEventId } = state;
  for (const event of events) {
    if (event.type === 'notification') {
      notifications.set(event.notification.id, event.notification);
    } else {
      reads.set(event.id, event.readAt);
    }
    if (event.eventId > (state.base?.lastEventId ?? 0)) {
      changes.set(event.eventId, event.type === 'read' ? -1 : 1);
    }
    lastEventId = Math.max(lastEventId, event.eventId);
  }
  return { ...state, notifications, reads, changes, lastEventId };
}

function withAll(
  known: ReadonlyMap<string, Notification>,
  added: readonly Notification[],
): ReadonlyMap<string, Notification> {
  const all = new Map(known);
  for (const notification of added) {
    // A list from a cache may not know yet that it was read.
    const readAt =
      notification.readAt ?? known.get(notification.id)?.readAt ?? null;
    all.set(notification.id, { ...notification, readAt });
  }
  return all;
}

function withRead(
  known: ReadonlyMap<string, string>,
  id: string,
  readAt: string,
): ReadonlyMap<string, string> {
  return known.has(id) ? known : new Map(known).set(id, readAt);
}

/** The loaded notifications, newest first. */
export function visibleNotifications(state: InboxState): Notification[] {
  return [...state.notifications.values()]
    .map(notification => ({
      ...notification,
      readAt: notification.readAt ?? state.reads.get(notification.id) ?? null,
    }))
    .sort((a, b) => b.eventId - a.eventId);
}

/** How many are unread, of all pages; undefined while it is unknown. */
export function countUnread(state: InboxState): number | undefined {
  if (!state.base) return undefined;
  return [...state.changes.values()].reduce<number>(
    (sum, change) => sum + change,
    state.base.unread,
  );
}
