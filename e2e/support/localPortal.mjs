import { after } from 'node:test';
import { launchBrowser } from './browser.mjs';
import { startPortal } from './portal.mjs';

let starting;

async function start() {
  const portal = await startPortal();
  return { portal, browser: await launchBrowser() };
}

/** The portal with its defaults, and Chromium; started once, and stopped after the tests. */
export function startLocalPortal() {
  starting ??= start();
  return starting;
}

after(async () => {
  const { portal, browser } = (await starting?.catch(() => undefined)) ?? {};
  await browser?.close();
  await portal?.stop();
});
