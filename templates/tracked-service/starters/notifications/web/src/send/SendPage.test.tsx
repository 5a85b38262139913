import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { serve, show, type SentRequest } from '../testUtils';
import SendPage from './SendPage';

afterEach(() => vi.unstubAllGlobals());

const user = { id: 'u1', email: 'ada@example.com', name: 'Ada', role: 'user' };
const problem = (status: number, title: string, detail: string) => ({
  status,
  body: { title, detail },
});

function answer(
  toPosts: (count: number) => { status?: number; body?: unknown },
) {
  let posts = 0;
  return serve(({ method }) =>
    method === 'POST' ? toPosts(++posts) : { body: { user } },
  );
}
const postsOf = (sent: SentRequest[]) =>
  sent.filter(({ method }) => method === 'POST');
const keysOf = (sent: SentRequest[]) =>
  postsOf(sent).map(({ headers }) => headers.get('idempotency-key'));

async function fill(title: string) {
  show(<SendPage />);
  await userEvent.type(await screen.findByLabelText('To'), 'grace@example.com');
  await userEvent.click(screen.getByLabelText('Warning'));
  await userEvent.type(screen.getByLabelText('Title'), title);
}
const send = () =>
  userEvent.click(screen.getByRole('button', { name: 'Send' }));

it('sends a notification, and a new one with a new key', async () => {
  const sent = answer(() => ({ status: 201, body: { title: 'Disk full' } }));
  await fill('Disk full');
  await send();
  expect(await screen.findByText(/Accepted: “Disk full”/)).toBeVisible();
  expect(postsOf(sent)[0]?.body).toEqual({
    to: 'grace@example.com',
    kind: 'warning',
    title: 'Disk full',
    body: '',
  });

  await userEvent.type(screen.getByLabelText('Title'), 'Disk full');
  await send();
  await waitFor(() => expect(postsOf(sent)).toHaveLength(2));
  expect(new Set(keysOf(sent)).size).toBe(2);
});

it('empties title and text after the notification was accepted, and counts from zero', async () => {
  answer(() => ({ status: 201, body: { title: 'Disk full' } }));
  await fill('Disk full');
  const text = screen.getByLabelText(/^Text/);
  await userEvent.type(text, 'Free space!');
  expect(text).toHaveAccessibleDescription('11 of 2000 characters');
  await send();
  await screen.findByText(/Accepted/);
  expect(screen.getByLabelText('Title')).toHaveValue('');
  expect(text).toHaveValue('');
  expect(text).toHaveAccessibleDescription('0 of 2000 characters');
  expect(screen.getByLabelText('To')).toHaveValue('grace@example.com');
});

it('keeps what was refused', async () => {
  answer(() => problem(404, 'Not found', 'There is no such account'));
  await fill('Disk full');
  await userEvent.type(screen.getByLabelText(/^Text/), 'Free space!');
  await send();
  await screen.findByRole('alert');
  expect(screen.getByLabelText('Title')).toHaveValue('Disk full');
  expect(screen.getByLabelText(/^Text/)).toHaveValue('Free space!');
});

it('repeats what nobody answered with the same key', async () => {
  const sent = answer(count =>
    count === 1 ? { status: 0 } : { status: 201, body: { title: 'Disk full' } },
  );
  await fill('Disk full');
  await send();
  expect(
    await screen.findByText(/Accepted/, {}, { timeout: 3_000 }),
  ).toBeVisible();
  expect(postsOf(sent)).toHaveLength(2);
  expect(new Set(keysOf(sent)).size).toBe(1);
});

it('shows why it was refused, and uses a new key for another content', async () => {
  const sent = answer(count =>
    count === 1
      ? problem(404, 'Not found', 'There is no account with this email address')
      : { status: 201, body: { title: 'Disk full!' } },
  );
  await fill('Disk full');
  await send();
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Not found. There is no account with this email address',
  );
  await userEvent.type(screen.getByLabelText('Title'), '!');
  await send();
  await screen.findByText(/Accepted/);
  expect(new Set(keysOf(sent)).size).toBe(2);
});
