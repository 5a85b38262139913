import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveEvent, NotificationList } from '../api/types';
import {
  countUnread,
  emptyInbox,
  reduceInbox,
  visibleNotifications,
  type InboxState,
} from './inboxState';
import { delivered, listOf, read } from './testEvents';

const after = (state: InboxState, ...batches: LiveEvent[][]) =>
  batches.reduce(
    (last, events) => reduceInbox(last, { type: 'arrived', events }),
    state,
  );
const listed = (list: NotificationList, state = emptyInbox) =>
  reduceInbox(state, { type: 'listed', list });
const shown = (state: InboxState) => ({
  unread: countUnread(state),
  notifications: visibleNotifications(state).map(({ id, readAt }) => [
    id,
    readAt !== null,
  ]),
});

/** A user's events as the service numbers them: with gaps, and nothing is read before it was delivered. */
const histories = fc
  .array(
    fc.record({ gap: fc.integer({ min: 1, max: 3 }), reads: fc.boolean() }),
    {
      maxLength: 40,
    },
  )
  .map(steps => {
    const events: LiveEvent[] = [];
    const unread: string[] = [];
    let eventId = 0;
    for (const { gap, reads } of steps) {
      eventId += gap;
      const id = reads ? unread.shift() : undefined;
      events.push(id ? read(eventId, id) : delivered(eventId));
      if (!id) unread.push(`n${eventId}`);
    }
    return events;
  });

describe('the inbox', () => {
  it('does not know the number of unread notifications before the first list', () => {
    expect(countUnread(after(emptyInbox, [delivered(1)]))).toBeUndefined();
  });

  it('shows what another window marked as read', () => {
    const state = after(listed(listOf([delivered(1), delivered(2)])), [
      read(3, 'n1'),
    ]);
    expect(shown(state)).toEqual({
      unread: 1,
      notifications: [
        ['n2', false],
        ['n1', true],
      ],
    });
  });

  it('counts a read notification of a page that is not loaded', () => {
    const history = [delivered(1), delivered(2), delivered(3)];
    const state = after(listed(listOf(history, 1)), [read(4, 'n1')]);
    expect(shown(state)).toEqual({ unread: 2, notifications: [['n3', false]] });
  });

  it('keeps what events said when a list from a cache is older', () => {
    const old = listOf([delivered(1)]);
    const state = listed(
      old,
      after(listed(old), [read(2, 'n1'), delivered(3)]),
    );
    expect(shown(state)).toEqual({
      unread: 1,
      notifications: [
        ['n3', false],
        ['n1', true],
      ],
    });
  });

  it('continues the stream where it stopped, although a later list knows more', () => {
    const history = [1, 2, 3, 4].map(delivered);
    const state = listed(
      listOf(history, 1),
      listed(listOf(history.slice(0, 1))),
    );
    expect(state.lastEventId).toBe(1);
    expect(shown(after(state, history.slice(1))).notifications).toHaveLength(4);
  });

  it('remembers where older pages continue when the first page is loaded again', () => {
    const history = [1, 2, 3].map(delivered);
    const first = listed(listOf(history, 2));
    expect(first.nextBefore).toBe(2);
    const all = reduceInbox(first, {
      type: 'listed',
      list: listOf(history.slice(0, 1), 2),
      before: 2,
    });
    expect(listed(listOf(history, 2), all).nextBefore).toBeUndefined();
  });

  it('comes to the same result in any order and with any repetition', () => {
    fc.assert(
      fc.property(
        histories.chain(history =>
          fc.record({
            history: fc.constant(history),
            listAfter: fc.nat(history.length),
            shuffled: fc
              .tuple(
                fc.shuffledSubarray(history, { minLength: history.length }),
                fc.subarray(history),
              )
              .map(([all, again]) => [...all, ...again]),
          }),
        ),
        ({ history, listAfter, shuffled }) => {
          const start = listed(listOf(history.slice(0, listAfter)));
          const expected = listed(listOf(history));
          expect(shown(after(start, shuffled))).toEqual(shown(expected));
        },
      ),
    );
  });

  it('misses nothing and doubles nothing when connections break anywhere', () => {
    fc.assert(
      fc.property(
        histories,
        fc.nat(),
        fc.array(fc.record({ sent: fc.nat(5), processed: fc.nat(5) }), {
          maxLength: 8,
        }),
        (history, start, connections) => {
          let state = listed(
            listOf(history.slice(0, start % (history.length + 1))),
          );
          for (const { sent, processed } of connections) {
            const rest = history.filter(
              event => event.eventId > state.lastEventId,
            );
            // The connection breaks while events are on their way: this window processes a part of what was sent.
            state = after(state, rest.slice(0, Math.min(sent, processed)));
          }
          const rest = history.filter(
            event => event.eventId > state.lastEventId,
          );
          expect(shown(after(state, rest))).toEqual(
            shown(listed(listOf(history))),
          );
        },
      ),
    );
  });
});
