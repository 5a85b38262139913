import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { signIn } from './support/browser.mjs';
import { startLocalPortal } from './support/localPortal.mjs';

const NAME = 'orders-e2e';
// Far above what an idle machine needs, so that a slow machine does not fail
// the test. The test prints the actual times.
const PUBLISHED_WITHIN_MS = 60_000;
const LIVE_WITHIN_MS = 240_000;

let portal;
let page;

before(async () => {
  const local = await startLocalPortal();
  portal = local.portal;
  page = await local.browser.newPage({
    viewport: { width: 1280, height: 1000 },
  });
  page.setDefaultTimeout(30_000);
});

const button = name => page.getByRole('button', { name, exact: true });
const input = name => page.getByRole('textbox', { name });

test('the form rejects a hostile name and a name in use, and says why', async () => {
  await signIn(page, portal.url, '/create/templates/default/tracked-service');
  await input(/^Name/).fill('../orders');
  await page
    .getByText('The name must be lower-case letters, digits and single hyphens')
    .first()
    .waitFor();
  await input(/^Name/).fill('request-tracker-demo');
  await page
    .getByText('The catalog already has a component "request-tracker-demo"')
    .first()
    .waitFor();
});

test('three answers and the defaults show what will be created and what it costs', async () => {
  await input(/^Name/).fill(NAME);
  await input('Owner').fill('guests');
  await page
    .getByRole('option', { name: /guests/i })
    .first()
    .click();
  await input(/^Description/).fill('Accepts orders and notifies the warehouse');
  for (const title of ['Infrastructure as code', 'Scaling policy', 'Snyk']) {
    await button('Next').click();
    await page.getByText(title, { exact: true }).first().waitFor();
  }
  await button('Next').click();
  const review = page.getByRole('region', { name: 'What will be created' });
  await review.waitFor();
  assert.match(
    await review.innerText(),
    new RegExp(`A local git repository "${NAME}"`),
  );
  const total = review.getByRole('row', { name: /Total per month/ });
  assert.match(await total.innerText(), /\$\d+/);
  assert.ok(
    await page.getByLabel('Start it on the local fleet').isChecked(),
    'the checkbox is on by default',
  );
});

test('the new service is published and shows live requests of its instances', async t => {
  await button('Review').click();
  const since = Date.now();
  await button('Create').click();
  await page
    .getByText('The service in the catalog')
    .waitFor({ timeout: PUBLISHED_WITHIN_MS });
  t.diagnostic(`task done after ${Date.now() - since} ms`);

  await page.goto(
    `${portal.url}/catalog/default/component/${NAME}/cloudtrace/load-distribution?range=15m`,
  );
  const rows = page
    .getByRole('table', { name: 'By instance' })
    .getByRole('row')
    .filter({ hasText: /local-i-/ });
  await rows.nth(1).waitFor({ timeout: LIVE_WITHIN_MS });
  t.diagnostic(`live requests after ${Date.now() - since} ms`);
});

test('the new service stops with the portal', async () => {
  const { services } = JSON.parse(await portal.fleet('status', '--json'));
  const { instances } = services.find(
    ({ definition }) => definition.name === NAME,
  );
  const pids = instances.map(({ pid }) => pid).filter(Boolean);
  assert.ok(pids.length >= 2);
  await portal.stop();
  for (const pid of pids) {
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  }
});
