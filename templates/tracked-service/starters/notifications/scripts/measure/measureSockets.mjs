import { setTimeout as sleep } from 'node:timers/promises';
import { openSocket, signUp } from './account.mjs';
import { residentMiB } from './residentMiB.mjs';

const accounts = 20;
const socketsPerAccount = 100;
const settleMs = 10_000;

/**
 * Memory of an instance with two thousand open sockets.
 *
 * @param {{ url: string, pid: number | undefined }} instance
 */
export async function measureSockets({ url, pid }) {
  const sockets = [];
  for (let account = 0; account < accounts; account += 1) {
    const { cookie } = await signUp(url);
    for (let index = 0; index < socketsPerAccount; index += 1) {
      sockets.push(await openSocket(url, cookie));
    }
  }
  await sleep(settleMs);
  const open = sockets.filter(socket => socket.connected).length;
  const memory = residentMiB(pid);
  for (const socket of sockets) socket.close();
  return { open, residentMiB: memory };
}
