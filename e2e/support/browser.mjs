import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/lib/findChromium.mjs';

/** Starts Chromium with everything disabled that contacts other hosts. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens the portal and signs in as guest. */
export async function signIn(page, portalUrl, path = '/') {
  await page.goto(portalUrl + path);
  await page.getByRole('button', { name: 'Enter' }).click();
}
