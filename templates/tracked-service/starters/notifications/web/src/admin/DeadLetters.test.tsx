import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { serve, show } from '../testUtils';
import { DeadLetters } from './DeadLetters';

afterEach(() => vi.unstubAllGlobals());

const letter = {
  id: 'd1',
  topic: 'notifications.events',
  partition: 2,
  offset: 7,
  key: 'u1',
  value: '{"poison":true}',
  reason: 'The event has version 9; this build understands up to 1',
  attempts: 5,
  failedAt: '2026-01-01T12:00:00.000Z',
};

it('shows why a message failed, and replays it', async () => {
  let replayedAt: string | null = null;
  const sent = serve(({ method }) => {
    if (method === 'POST') {
      replayedAt = '2026-01-01T12:05:00.000Z';
      return { status: 202 };
    }
    return { body: { items: [{ ...letter, replayedAt }] } };
  });
  show(<DeadLetters />);
  expect(await screen.findByText(letter.reason)).toBeVisible();
  expect(screen.getByText(/partition 2, offset 7/)).toBeVisible();
  await userEvent.click(screen.getByText('Message'));
  expect(screen.getByText('{"poison":true}')).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: /^Replay/ }));
  expect(await screen.findByText(/^Replayed/)).toBeVisible();
  expect(sent).toContainEqual(
    expect.objectContaining({
      method: 'POST',
      path: '/api/admin/dead-letters/d1/replay',
    }),
  );
});

it('does not say that there are none while it is unknown', async () => {
  serve(() => ({
    status: 500,
    body: { title: 'Internal error', detail: 'Look at the log' },
  }));
  show(<DeadLetters />);
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Internal error. Look at the log',
  );
  expect(screen.queryByText(/^None/)).toBeNull();
});
