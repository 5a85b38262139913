import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serve, show, type SentRequest } from '../testUtils';
import type { ConnectionHandlers } from '../live/types';
import { InboxPage } from './InboxPage';
import { InboxProvider } from './InboxProvider';
import { delivered, listOf, read } from './testEvents';

const sockets: { lastEventId: number; handlers: ConnectionHandlers }[] = [];
vi.mock('../live/openSocket', () => ({
  openSocket: (lastEventId: number, handlers: ConnectionHandlers) => {
    sockets.push({ lastEventId, handlers });
    return () => undefined;
  },
}));

const user = { id: 'u1', email: 'ada@example.com', name: 'Ada', role: 'user' };
const about = {
  instanceId: 'web-1',
  zone: 'a',
  adapters: {
    eventBus: 'postgresql',
    jobQueue: 'postgresql',
    cache: 'in-process',
    fanOut: 'postgresql',
  },
};
let sent: SentRequest[];

beforeEach(() => {
  sockets.length = 0;
  localStorage.clear();
  sent = serve(({ path }) => {
    if (path === '/api/session') return { body: { user } };
    if (path === '/api/about') return { body: about };
    if (path === '/api/notifications')
      return { body: listOf([delivered(1), delivered(2)]) };
    return { body: { marked: 2 } };
  });
});
afterEach(() => vi.unstubAllGlobals());

async function open() {
  show(
    <InboxProvider>
      <InboxPage />
    </InboxProvider>,
  );
  await waitFor(() => expect(sockets).toHaveLength(1));
  const [socket] = sockets;
  if (!socket) throw new Error('No socket');
  return socket;
}

it('continues after the list, and shows events as they arrive', async () => {
  const { lastEventId, handlers } = await open();
  expect(lastEventId).toBe(2);
  expect(screen.getByText('Connecting')).toBeVisible();
  act(() => handlers.onOpen('web-2'));
  expect(screen.getByText('Live')).toBeVisible();
  expect(screen.getByText('web-2')).toBeVisible();

  act(() => handlers.onEvents([delivered(3), read(4, 'n1')]));
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
  expect(screen.getByText('2 unread')).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Mark “Title 1” as read' }),
  ).toBeNull();
  expect(
    await screen.findByText(
      'New notification from Grace: Title 3',
      {},
      { timeout: 4_000 },
    ),
  ).toBeInTheDocument();
});

it('does not call an instance by name that it does not know', async () => {
  const { handlers } = await open();
  act(() => handlers.onOpen(null));
  expect(screen.getByText('Instance').nextSibling).toHaveTextContent('unknown');
});

it('marks one and all as read', async () => {
  const { handlers } = await open();
  act(() => handlers.onOpen('web-1'));
  await userEvent.click(
    screen.getByRole('button', { name: 'Mark “Title 2” as read' }),
  );
  await waitFor(() =>
    expect(
      screen.queryByRole('button', { name: 'Mark “Title 2” as read' }),
    ).toBeNull(),
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Mark all as read' }),
  );
  await waitFor(() =>
    expect(sent.at(-1)?.path).toBe('/api/notifications/read'),
  );
  expect(sent.at(-1)?.body).toEqual({ upTo: 2 });
  expect(sent.some(({ path }) => path === '/api/notifications/n2/read')).toBe(
    true,
  );
});

it('changes the transport when the user chooses the other one', async () => {
  const { handlers } = await open();
  act(() => handlers.onOpen('web-1'));
  await userEvent.click(
    screen.getByRole('radio', { name: 'Server-Sent Events' }),
  );
  await waitFor(() =>
    expect(sent.some(({ path }) => path === '/api/notifications/stream')).toBe(
      true,
    ),
  );
  expect(localStorage.getItem('transport')).toBe('sse');
  expect(
    sent
      .find(({ path }) => path === '/api/notifications/stream')
      ?.headers.get('last-event-id'),
  ).toBe('2');
});
