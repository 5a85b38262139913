import { setTimeout as sleep } from 'node:timers/promises';
import { notify, openSocket, signUp } from './account.mjs';

const warmUp = 20;
const measured = 200;
const pauseMs = 50;

/**
 * How long it takes from sending a POST to one instance until a socket of another one has the notification.
 *
 * @param {string} url
 * @param {string} otherUrl
 */
export async function measureLatency(url, otherUrl) {
  const account = await signUp(url);
  const socket = await openSocket(otherUrl, account.cookie);
  /** @type {Map<string, number>} */
  const arrivals = new Map();
  socket.on('events', (events, acknowledge) => {
    const now = performance.now();
    for (const event of events) arrivals.set(event.notification.title, now);
    acknowledge();
  });
  /** @type {number[]} */
  const durationsMs = [];
  for (let index = 0; index < warmUp + measured; index += 1) {
    const startedAt = performance.now();
    await notify(url, account, String(index));
    while (!arrivals.has(String(index))) {
      if (performance.now() - startedAt > 30_000) throw new Error('lost');
      await sleep(1);
    }
    if (index >= warmUp) {
      durationsMs.push((arrivals.get(String(index)) ?? 0) - startedAt);
    }
    await sleep(pauseMs);
  }
  socket.close();
  durationsMs.sort((a, b) => a - b);
  /** @param {number} part */
  const at = part => durationsMs[Math.ceil(part * measured) - 1] ?? Infinity;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}
