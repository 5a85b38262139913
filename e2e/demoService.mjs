import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findBarriers } from './support/accessibility.mjs';
import { signIn } from './support/browser.mjs';
import { startLocalPortal } from './support/localPortal.mjs';
import { collectReactWarnings } from './support/reactWarnings.mjs';

const VIEWS = [
  'overview',
  'load-distribution',
  'requests',
  'health-checks',
  'scaling-history',
  'failover-history',
  'metrics',
  'diagnostics',
];
const view = name =>
  `${portal.url}/catalog/default/component/request-tracker-demo/cloudtrace/${name}?range=15m`;

let portal;
let page;
let warnings;
/** The instance that one test kills and later tests check. */
let victim;

before(async () => {
  const local = await startLocalPortal();
  portal = local.portal;
  // Opened in its own context, because axe-core opens a second page in it.
  const context = await local.browser.newContext({
    viewport: { width: 1440, height: 1000 },
  });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  warnings = collectReactWarnings(page);
});

/** Requests per instance, read from the table of the Load distribution view. */
async function requestsByInstance() {
  const table = page.getByRole('table', { name: 'By instance' });
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

/** Polls until the check resolves to a truthy value. */
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

test('the counts grow while the page is open', async () => {
  await page.goto(view('load-distribution'));
  const first = total(await requestsByInstance());
  await eventually(
    'Growth of the counts',
    async () => total(await requestsByInstance()) > first,
  );
});

test('the load moves when an instance is killed', async () => {
  const atFirst = await requestsByInstance();
  [, victim] = (await portal.fleet('status')).match(
    /(local-i-[0-9a-f]+)\s+\S+\s+in-service/,
  );
  await portal.fleet('kill', victim);
  await eventually(
    'A replacement that takes requests',
    async () => {
      const counts = await requestsByInstance();
      return [...counts].some(([name, n]) => !atFirst.has(name) && n > 0);
    },
    90_000,
  );
  // The killed instance gets no more requests; the others do.
  const then = await requestsByInstance();
  await eventually('More requests on the others', async () => {
    const now = await requestsByInstance();
    assert.equal(now.get(victim), then.get(victim));
    return total(now) > total(then) + 20;
  });
});

test('a single request of an instance can be inspected', async () => {
  const [instance] = (await requestsByInstance()).keys();
  await page.goto(`${view('requests')}&instance=${instance}`);
  const rows = page.getByRole('row').filter({ hasText: /local-i-/ });
  await rows.first().waitFor();
  for (const text of await rows.allInnerTexts()) {
    assert.match(text, new RegExp(instance));
  }
  await rows.first().click();
  await page.getByText('Span id').first().waitFor();
});

/** Opens a view by its link, as users do: much faster than reloading the portal. */
async function open(name) {
  await page
    .getByRole('navigation', { name: 'CloudTrace views' })
    .getByRole('link', { name: new RegExp(`^${name.replace('-', ' ')}`, 'i') })
    .click();
  await page.waitForURL(url => url.pathname.endsWith(name));
}

/** Opens a view and waits until it shows each text, in cells, alerts and list items alike. */
async function shows(name, ...texts) {
  await open(name);
  for (const text of texts) {
    await page.getByText(text).first().waitFor({ timeout: 60_000 });
  }
}

/** Waits for a table row that contains all the texts. */
async function showsRow(table, ...texts) {
  let rows = page.getByRole('table', { name: table }).getByRole('row');
  for (const text of texts) rows = rows.filter({ hasText: text });
  await rows.first().waitFor({ timeout: 60_000 });
}

test('a killed instance appears on every tab, with its reason and its end', async () => {
  await page.goto(view('health-checks'));
  await showsRow('Targets', victim, 'gone');
  await showsRow(
    'Changes of state',
    victim,
    'healthy → unhealthy',
    'is unreachable',
  );

  await open('scaling-history');
  await showsRow('Activities', 'launch', 'Replacement for an unhealthy');
  await showsRow(
    'Activities',
    'terminate',
    victim,
    'Unhealthy instance terminated',
  );

  await open('failover-history');
  const episode = page.getByRole('article', { name: `Instance ${victim}` });
  await episode.getByText('Began').waitFor();
  await episode.getByText('is unreachable').waitFor();
  // The row of the recovery also says how long it took.
  await episode
    .getByRole('listitem')
    .filter({ hasText: /Recovered.*after/ })
    .waitFor({ timeout: 60_000 });

  await shows(
    'overview',
    `${victim} became unhealthy`,
    `Failover of instance ${victim}`,
    /Replacement for an unhealthy instance/,
  );
});

test('a stopped zone appears on every tab with its reason', async () => {
  await portal.fleet('stop-zone', 'local-b');
  try {
    await shows('failover-history', 'The zone was stopped');
    await page
      .getByRole('article', { name: 'Zone local-b' })
      .getByText('The zone was stopped')
      .waitFor();
    await open('health-checks');
    await showsRow('Changes of state', 'unhealthy', 'The zone was stopped');
    await open('scaling-history');
    await showsRow('Activities', 'launch', 'Replacement for an unhealthy');
    await shows('overview', 'Failover of zone local-b', /became unhealthy/);
  } finally {
    await portal.fleet('start-zone', 'local-b');
  }
});

test('more load makes the group grow, and every tab says why', async () => {
  await portal.fleet('load', '80');
  await open('scaling-history');
  await showsRow('Activities', 'launch', /request-rate-target.* > 15/);
  await open('health-checks');
  await page.getByText(/^desired [4-6]$/).waitFor({ timeout: 60_000 });
  await shows(
    'overview',
    /request-rate-target.* > 15/,
    'Alarm request-tracker-demo-request-rate-high: in alarm',
  );
  await portal.fleet('load', '20');
});

test('a database failover appears on its tabs', async () => {
  // The standby was in the stopped zone; it has to catch up first.
  await eventually('A standby that can take over', async () =>
    portal.fleet('db-failover'),
  );
  await shows('overview', 'Local PostgreSQL pair: failover completed');
  await open('failover-history');
  await page
    .getByRole('article', { name: 'Database Local PostgreSQL pair' })
    .getByText('the primary was taken down manually')
    .first()
    .waitFor({ timeout: 60_000 });
});

const rangeOf = url => new URL(url).searchParams.get('range');

/** Drags across the middle of an element from one fraction of its width to another. */
async function drag(element, from, to) {
  await element.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await element.boundingBox();
  await page.mouse.move(x + width * from, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * to, y + height / 2, { steps: 8 });
  await page.mouse.up();
}

test('an event and a drag zoom all views, the browser goes back, and the URL holds the whole state', async () => {
  await page.goto(view('overview'));
  await page
    .getByRole('listitem')
    .filter({ hasText: `Failover of instance ${victim}` })
    .getByRole('button', { name: 'Zoom to this event' })
    .click();
  await page.waitForURL(url => rangeOf(url)?.includes('~'));
  const zoomed = page.url();
  const links = page
    .getByRole('navigation', { name: 'CloudTrace views' })
    .getByRole('link');
  for (const href of await links.evaluateAll(all => all.map(a => a.href))) {
    assert.equal(rangeOf(href), rangeOf(zoomed));
  }

  const context = await page.context().browser().newContext();
  const other = await context.newPage();
  await other.goto(zoomed);
  await other.getByRole('button', { name: 'Enter' }).click();
  const events = where =>
    where
      .getByRole('region', { name: 'Timeline' })
      .getByRole('listitem')
      .allInnerTexts();
  await eventually('The same timeline in another browser', async () => {
    const [here, there] = [await events(page), await events(other)];
    assert.deepEqual(there, here);
    return here.some(text => text.includes(victim));
  });
  assert.equal(other.url(), zoomed);
  await context.close();

  await page.goBack();
  await page.waitForURL(url => rangeOf(url) === '15m');
  await page.goForward();
  await page.getByRole('button', { name: 'Back to 15 min' }).click();
  await page.waitForURL(url => rangeOf(url) === '15m');

  await links.filter({ hasText: 'Scaling history' }).click();
  const chart = page
    .getByRole('region', { name: /^Capacity of/ })
    .locator('svg')
    .filter({ has: page.locator('path[data-series]') });
  await drag(chart, 0.4, 0.8);
  await page.waitForURL(url => rangeOf(url)?.includes('~'));
  await page.goBack();
  await page.waitForURL(url => rangeOf(url) === '15m');
});

test('a range can be typed in, and the chosen preset stays selected', async () => {
  await page.goto(`${view('overview')}&tz=utc`);
  await page.getByRole('button', { name: '15 min', exact: true }).click();
  assert.equal(await page.getByRole('button', { name: 'Apply' }).count(), 0);
  await page.getByRole('button', { name: 'Custom…' }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-01-02T03:04');
  await page.getByLabel('To', { exact: true }).fill('2026-01-02T03:00');
  await page.getByText('The end must be later than the start.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Apply' }).isDisabled());
  await page.getByLabel('To', { exact: true }).fill('2026-01-02T04:04');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL(
    url => rangeOf(url) === '2026-01-02T03:04:00Z~2026-01-02T04:04:00Z',
  );
});

test('no view has a serious accessibility violation in light or dark mode', async () => {
  await page.goto(view('overview'));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const name of VIEWS) {
      await open(name);
      await page.getByText(/^as of \d/).waitFor({ timeout: 60_000 });
      await page
        .getByRole('status', { name: /^Loading/ })
        .waitFor({ state: 'detached', timeout: 60_000 });
      const barriers = await findBarriers(
        page,
        '[data-testid="cloudtrace-tab"]',
      );
      assert.deepEqual(barriers, [], `${name}, ${colorScheme}`);
    }
  }
});

test('the fleet page lists the service', async () => {
  await page.goto(`${portal.url}/cloudtrace`);
  await page
    .getByRole('link', { name: 'Request tracker (local demo)' })
    .waitFor();
});

test('React logged no warning in any view', () => {
  assert.deepEqual([...warnings], []);
});
