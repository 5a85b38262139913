import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

/**
 * Signs a new user up.
 *
 * @param {string} url
 */
export async function signUp(url) {
  const email = `${randomUUID()}@example.com`;
  const answer = await fetch(`${url}/api/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, name: 'Measure', password: randomUUID() }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`sign-up returned ${answer.status}`);
  return { email, cookie };
}

/**
 * @param {string} url
 * @param {{ email: string, cookie: string }} account
 * @param {string} title
 */
export async function notify(url, { email, cookie }, title) {
  const answer = await fetch(`${url}/api/notifications`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie,
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ to: email, kind: 'info', title }),
  });
  if (answer.status !== 201) throw new Error(`POST returned ${answer.status}`);
  return answer.json();
}

/**
 * @param {string} url
 * @param {string} cookie
 */
export async function openSocket(url, cookie) {
  const socket = io(url, {
    path: '/api/socket',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
  });
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', reject);
  });
  return socket;
}
