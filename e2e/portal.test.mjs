import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, signIn } from './support/browser.mjs';
import { startPortal } from './support/portal.mjs';

const view = name =>
  `${portal.url}/catalog/default/component/request-tracker-demo/cloudtrace/${name}?range=15m`;

let portal;
let browser;
let page;

before(async () => {
  portal = await startPortal();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.setDefaultTimeout(30_000);
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Requests per instance as the table of the Load distribution view shows them. */
async function requestsByInstance() {
  const table = page.getByRole('table', { name: 'Each Instance' });
  const rows = table.getByRole('row').filter({ hasText: /local-i-/ });
  await rows.first().waitFor();
  const shown = await rows.evaluateAll(elements =>
    elements.map(row => ({
      name: row.querySelector('a').textContent,
      requests: row.children[3].textContent,
    })),
  );
  return new Map(
    shown.map(({ name, requests }) => [
      name,
      Number(requests.replaceAll(',', '')),
    ]),
  );
}

/** Tries until the check resolves to something truthy. */
async function eventually(what, check, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  let last;
  while (Date.now() < deadline) {
    last = await check().catch(error => error);
    if (last && !(last instanceof Error)) return last;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`${what} did not happen: ${last}`);
}

const total = counts => [...counts.values()].reduce((sum, n) => sum + n, 0);

test('a guest clicks from the catalog to the live load of the demo service', async () => {
  await signIn(page, portal.url);
  await page
    .getByRole('link', { name: 'Request tracker (local demo)' })
    .first()
    .click();
  await page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name: 'CloudTrace' })
    .click();
  await page.getByRole('link', { name: 'Load distribution' }).click();
  await eventually('Two instances with requests', async () => {
    const counts = await requestsByInstance();
    return [...counts.values()].filter(n => n > 0).length >= 2;
  });
});

test('the counts grow while one watches', async () => {
  await page.goto(view('load-distribution'));
  const first = total(await requestsByInstance());
  await eventually(
    'Growth of the counts',
    async () => total(await requestsByInstance()) > first,
  );
});

test('the load moves when an instance is killed', async () => {
  const before = await requestsByInstance();
  const [victim] = (await portal.fleet('status')).match(/local-i-[0-9a-f]+/);
  await portal.fleet('kill', victim);
  await eventually(
    'A replacement that takes requests',
    async () => {
      const counts = await requestsByInstance();
      return [...counts].some(([name, n]) => !before.has(name) && n > 0);
    },
    90_000,
  );
  // The killed one takes no more requests, the others do.
  const then = await requestsByInstance();
  await eventually('More requests on the others', async () => {
    const now = await requestsByInstance();
    assert.equal(now.get(victim), then.get(victim));
    return total(now) > total(then) + 20;
  });
});

test('the requests of one instance can be looked at one by one', async () => {
  const [instance] = (await requestsByInstance()).keys();
  await page.goto(`${view('requests')}&instance=${instance}`);
  const rows = page.getByRole('row').filter({ hasText: /local-i-/ });
  await rows.first().waitFor();
  for (const text of await rows.allInnerTexts())
    assert.match(text, new RegExp(instance));
  await rows.first().click();
  await page.getByText('Span id').first().waitFor();
});

test('a killed instance is a failover with its reason and its end', async () => {
  await page.goto(view('failover-history'));
  await page.getByText('Began').first().waitFor();
  await page
    .getByText(/^Instance local-i-/)
    .first()
    .waitFor();
  await page.getByText('Recovered').first().waitFor();
});

test('a zone that is stopped is a failover with its reason', async () => {
  await portal.fleet('stop-zone', 'local-b');
  try {
    await page.goto(view('failover-history'));
    await page.getByText('Zone local-b', { exact: true }).first().waitFor();
    await page.getByText('Its zone was stopped').first().waitFor();
  } finally {
    await portal.fleet('start-zone', 'local-b');
  }
});

test('more load makes the group grow, and the scaling view says why', async () => {
  await portal.fleet('load', '80');
  await page.goto(view('scaling-history'));
  await page
    .getByText(/request-rate-target.* > 15/)
    .first()
    .waitFor({ timeout: 60_000 });
});

test('a database failover is on the timeline of the overview', async () => {
  // The standby lay in the zone that was stopped; it first catches up.
  await eventually('A standby that can take over', async () =>
    portal.fleet('db-failover'),
  );
  await page.goto(view('overview'));
  await page
    .getByText('Local PostgreSQL pair: failover completed')
    .first()
    .waitFor();
});

test('the fleet page lists the service', async () => {
  await page.goto(`${portal.url}/cloudtrace`);
  await page
    .getByRole('link', { name: 'Request tracker (local demo)' })
    .waitFor();
});
