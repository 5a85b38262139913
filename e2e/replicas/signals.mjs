import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../scripts/lib/portal.mjs';
import { createToken } from './tokens.mjs';

/** Longer than the interval between two signals of one entity. */
const SETTLE_MS = 6_000;

/**
 * Reports an event to one replica while a page is connected to each.
 *
 * @returns how many signals about events each page got
 */
export async function countSignals(trial, browser) {
  const { backstageIdentity } = await call(
    `${trial.url}/api/auth/guest/refresh`,
  );
  const { secret } = await createToken(
    trial.url,
    'component:default/ledger',
    'events',
    'trial',
  );
  const page = await browser.newPage();
  await page.evaluate(
    ({ urls, token }) => {
      window.received = urls.map(() => []);
      const connect = (url, i) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(url, token);
          socket.onopen = () => {
            socket.send(
              JSON.stringify({
                action: 'subscribe',
                channel: 'cloudtrace:any',
              }),
            );
            resolve();
          };
          socket.onmessage = ({ data }) =>
            window.received[i].push(JSON.parse(data).message);
          setTimeout(() => {
            if (socket.readyState === WebSocket.OPEN) return;
            socket.close();
            reject(new Error(`No signals at ${url}`));
          }, 5_000);
        });
      // A backend never responds to the first connection after its start, which
      // only lets it listen; Backstage's own client also connects again. And a
      // browser opens one connection to an address after the other.
      return urls.reduce(
        (before, url, i) =>
          before.then(() => connect(url, i).catch(() => connect(url, i))),
        Promise.resolve(),
      );
    },
    {
      token: backstageIdentity.token,
      urls: trial.replicas.map(({ url }) =>
        `${url}/api/signals`.replace('http', 'ws'),
      ),
    },
  );
  // Lets earlier changes arrive and every subscription reach its replica.
  await sleep(SETTLE_MS);
  await call(`${trial.replicas[0].url}/api/cloudtrace/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      kind: 'drift',
      id: 'trial',
      at: new Date().toISOString(),
      status: 'drifted',
    }),
  });
  await sleep(SETTLE_MS);
  const received = await page.evaluate(() => window.received);
  await page.close();
  return received.map(
    messages =>
      messages.filter(({ changed }) => changed.includes('events')).length,
  );
}

/** Notifications that a user got more than once. */
export async function countNotifications(trial) {
  const rows = await trial.query(
    `SELECT "user", title, scope, count(*)::int AS copies
       FROM notifications.notification GROUP BY 1, 2, 3`,
  );
  return {
    notifications: rows.length,
    twice: rows.filter(({ copies }) => copies > 1),
  };
}
