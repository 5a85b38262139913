import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const settledMs = 4_000;

/**
 * Opens the page in a headless browser of the Chromium family, through its DevTools protocol.
 *
 * @param {{ browser: string, url: string }} options
 * @returns {Promise<{ lcpMs: number, layoutShift: number }>}
 */
export async function measurePaint({ browser, url }) {
  const profile = mkdtempSync(join(tmpdir(), 'measure-'));
  const child = spawn(browser, [
    '--headless=new',
    '--no-sandbox',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ]);
  try {
    const page = await openPage(await debuggerOrigin(child));
    await page.send('Page.enable');
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: observe,
    });
    await page.send('Page.navigate', { url });
    await sleep(settledMs);
    const { result } = await page.send('Runtime.evaluate', {
      expression: 'JSON.stringify(globalThis.paint)',
    });
    page.close();
    return JSON.parse(result.value);
  } finally {
    child.kill('SIGKILL');
    await sleep(300);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const observe = `
  globalThis.paint = { lcpMs: NaN, layoutShift: 0 };
  new PerformanceObserver(list => {
    globalThis.paint.lcpMs = list.getEntries().at(-1).startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) globalThis.paint.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @returns {Promise<string>}
 */
function debuggerOrigin(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    child.on('error', reject);
    child.stderr.on('data', data => {
      output += data;
      const found = /ws:\/\/([^/]+)\//.exec(output);
      if (found) resolve(`http://${found[1]}`);
    });
  });
}

/** @param {string} origin */
async function openPage(origin) {
  const targets =
    /** @type {{ type: string, webSocketDebuggerUrl: string }[]} */ (
      await (await fetch(`${origin}/json`)).json()
    );
  const page = targets.find(({ type }) => type === 'page');
  if (!page) throw new Error('The browser opened no page');
  // The global WebSocket exists from Node 22 on; `ws` is a development dependency anyway.
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  await new Promise(resolve => socket.once('open', resolve));
  let id = 0;
  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>} the result of the protocol's method
   */
  const send = (method, params = {}) => {
    id += 1;
    const own = id;
    socket.send(JSON.stringify({ id: own, method, params }));
    return new Promise(resolve => {
      socket.on('message', data => {
        const message = JSON.parse(String(data));
        if (message.id === own) resolve(message.result);
      });
    });
  };
  return { send, close: () => socket.close() };
}
