import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { findFreePort } from '../packages/dev-servers/src/index.js';
import { rootDir } from '../scripts/lib/paths.mjs';
import { launchBrowser, signIn } from './support/browser.mjs';
import { contrast } from './support/contrast.mjs';
import {
  HOSTILE_HOST,
  hostileSarif,
  payloads,
} from './support/hostileSarif.mjs';
import { startPortal } from './support/portal.mjs';
import { ScanApi } from './support/ScanApi.mjs';
import { startSonarqube } from './support/startSonarqube.mjs';

const DEMO = 'request-tracker-demo';
const SERVICE_TOKEN = `e2e-${randomUUID()}`;
const WEBHOOK_SECRET = randomUUID();

let portal;
let sonarqube;
let api;
let browser;
let page;

const tab = (name, query = '') =>
  `${portal.url}/catalog/default/component/${name}/cloudtrace/security-scans?range=1h${query}`;
const entityApi = name => `cloudtrace/v1/entities/component/default/${name}`;
const findings = () => page.getByRole('table', { name: 'Findings' });
const drawer = () => page.getByRole('dialog', { name: 'Finding' });

/** Opens a new signed-in browser tab that fails the test on any page error. */
async function openPage(colorScheme) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1200 },
    colorScheme,
    acceptDownloads: true,
  });
  const opened = await context.newPage();
  opened.setDefaultTimeout(60_000);
  opened.errors = [];
  opened.on('pageerror', error => opened.errors.push(error.message));
  await signIn(opened, portal.url);
  await opened.getByRole('link', { name: 'CloudTrace' }).first().waitFor();
  return opened;
}

async function sendRound(round) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(rootDir, 'scripts/uploadDemoScans.mjs'),
    '--backend-url',
    portal.backendUrl,
    '--round',
    String(round),
  ]);
  return stdout;
}

async function eventually(what, check, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what} did not happen`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

before(async () => {
  sonarqube = await startSonarqube(await findFreePort(28000));
  portal = await startPortal({
    args: ['--no-fleet'],
    environment: {
      // Several teams: the guest must not see another team's data.
      APP_CONFIG_permission_localPolicy: 'owners',
      APP_CONFIG_auth_providers_guest_userEntityRef: 'user:default/guest',
      APP_CONFIG_backend_auth_externalAccess: JSON.stringify([
        { type: 'static', options: { token: SERVICE_TOKEN, subject: 'e2e' } },
      ]),
      APP_CONFIG_catalog_locations: JSON.stringify([
        ...[
          'catalog/local-portal.yaml',
          'catalog/demo/request-tracker.yaml',
          'e2e/fixtures/teams.yaml',
        ].map(file => ({
          type: 'file',
          target: join(rootDir, file),
          rules: [{ allow: ['Component', 'Group', 'System', 'User'] }],
        })),
      ]),
      APP_CONFIG_cloudtrace_sonarqube_instances: JSON.stringify([
        {
          name: 'default',
          baseUrl: sonarqube.url,
          token: 'squ_e2e',
          webhookSecret: WEBHOOK_SECRET,
        },
      ]),
    },
  });
  api = new ScanApi(portal.backendUrl, SERVICE_TOKEN);
  for (const name of [DEMO, 'shop', 'billing']) {
    await eventually(`component ${name} in the catalog`, async () => {
      const path = `catalog/entities/by-name/component/default/${name}`;
      return (await api.asService(path)).status === 200;
    });
  }
  browser = await launchBrowser();
  page = await openPage('light');
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  await sonarqube?.stop();
});

test("the demo service's tab shows each finding of six tools once", async () => {
  await sendRound(1);
  await page.goto(tab(DEMO));
  const scans = page.getByRole('table', { name: 'Scans' });
  await scans.waitFor();
  for (const tool of [
    'ESLint',
    'Flawfinder',
    'npm audit',
    'Trivy',
    'Snyk Open Source',
    'SonarQube',
  ]) {
    await scans.getByRole('row').filter({ hasText: tool }).first().waitFor();
  }
  // Three of the tools reported minimist's vulnerability.
  const same = findings().getByRole('row').filter({ hasText: 'minimist' });
  await same.waitFor();
  assert.equal(await same.count(), 1);
  for (const tool of ['npm audit', 'Snyk Open Source', 'Trivy']) {
    await same.getByText(tool).waitFor();
  }
});

test('a second scan shows what is new and what was fixed', async () => {
  await sendRound(2);
  await page.goto(tab(DEMO));
  const { body } = await api.call(`${entityApi(DEMO)}/findings/summary`);
  assert.ok(body.newSinceLastScan > 0 && body.fixedSinceLastScan > 0);
  await page
    .getByText(
      `${body.newSinceLastScan} new, ${body.fixedSinceLastScan} fixed`,
      { exact: true },
    )
    .waitFor();
  const shown = findings().getByRole('row').filter({ hasText: 'no-new-func' });
  await shown.getByText('new', { exact: true }).waitFor();
  assert.equal(
    await findings().getByRole('row').filter({ hasText: 'no-eval' }).count(),
    0,
  );

  await page.goto(tab(DEMO, '&state=fixed'));
  const fixed = findings().getByRole('row').filter({ hasText: 'no-eval' });
  await fixed.getByRole('button').click();
  const history = drawer().getByRole('region', { name: 'History' });
  await history.getByText(/ · fixed/).waitFor();
  await history.getByText(/ · found/).waitFor();
});

test("the entity's overview has a card with the counts and a link to the findings", async () => {
  await page.goto(`${portal.url}/catalog/default/component/${DEMO}`);
  const { body } = await api.call(`${entityApi(DEMO)}/findings/summary`);
  await page
    .getByText(`${body.newSinceLastScan} new, ${body.fixedSinceLastScan} fixed`)
    .waitFor();
  await page.getByRole('link', { name: 'View all findings' }).click();
  await findings().waitFor();
});

test('an accepted risk stays accepted after a rescan and reopens when it expires', async () => {
  const title = 'Command Injection in lodash';
  const row = () => findings().getByRole('row').filter({ hasText: title });
  await page.goto(tab(DEMO));
  await row().getByRole('button').click();
  const decision = drawer().getByRole('region', { name: 'Decision' });
  await decision.getByRole('button', { name: 'Accept the risk' }).click();
  await decision
    .getByRole('textbox', { name: 'Reason' })
    .fill('Templates are our own');
  await decision.getByRole('button', { name: 'Save' }).click();
  await decision
    .getByText(/accepted by user:default\/guest.*Templates are our own/)
    .waitFor();

  // The second round contains the same finding.
  await sendRound(2);
  await page.goto(tab(DEMO, '&state=accepted'));
  await row().waitFor();
  await page.goto(tab(DEMO));
  await findings().waitFor();
  assert.equal(await row().count(), 0);

  // The form accepts days only; the API accepts a duration that a test can wait
  // for.
  const { body } = await api.call(`${entityApi(DEMO)}/findings?state=accepted`);
  const { findingId } = body.items.find(item => item.title === title);
  const expiresAt = Date.now() + 6_000;
  const { status } = await api.call(
    `${entityApi(DEMO)}/findings/${findingId}`,
    {
      method: 'PATCH',
      body: {
        state: 'accepted',
        reason: 'For some seconds',
        owner: 'user:default/guest',
        expiresAt: new Date(expiresAt).toISOString(),
      },
    },
  );
  assert.equal(status, 200);
  const during = await api.call(`${entityApi(DEMO)}/findings/${findingId}`);
  assert.equal(during.body.state, 'accepted');
  await new Promise(resolve =>
    setTimeout(resolve, expiresAt - Date.now() + 200),
  );
  await page.goto(tab(DEMO, `&finding=${findingId}`));
  const history = drawer().getByRole('region', { name: 'History' });
  await history.getByText('acceptance expired').waitFor();
  await drawer().getByRole('button', { name: 'Close' }).click();
  await row().waitFor();
});

test("the owner's notification names the new findings", async () => {
  const { body } = await api.call('notifications/notifications');
  const told = body.notifications.filter(({ payload }) =>
    /^Request tracker.* new findings?$/.test(payload.title),
  );
  // Later files update the same notification instead of adding another one.
  assert.equal(told.length, 1);
  assert.match(told[0].payload.link, /request-tracker-demo\/cloudtrace/);
  await page.goto(`${portal.url}/notifications`);
  await page.getByText(told[0].payload.title).first().waitFor();
});

test('findings can be exported as CSV and as SARIF', async () => {
  await page.goto(tab(DEMO));
  for (const [name, starts] of [
    ['CSV', /^\ufeff"Finding","State"/],
    ['SARIF', /^\{/],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Export as ${name}` }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    assert.match(text, starts);
    assert.match(text, /lodash/);
  }
});

test("SonarQube's webhook imports its issues, gate and ratings", async () => {
  const payload = JSON.stringify({
    taskId: randomUUID(),
    status: 'SUCCESS',
    analysedAt: sonarqube.state.analysedAt,
    project: { key: 'shop' },
    branch: { name: 'main', isMain: true },
  });
  const send = signature =>
    fetch(`${portal.backendUrl}/api/cloudtrace/webhooks/sonarqube/default`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sonar-webhook-hmac-sha256': signature,
      },
      body: payload,
    });
  assert.equal((await send('0'.repeat(64))).status, 401);
  const signed = createHmac('sha256', WEBHOOK_SECRET).update(payload);
  assert.equal((await send(signed.digest('hex'))).status, 202);
  await eventually('The pull after the webhook', async () => {
    const { body } = await api.call(`${entityApi('shop')}/findings/summary`);
    return body.qualityGates?.length > 0;
  });
  assert.deepEqual([...sonarqube.state.authorizations], ['Bearer squ_e2e']);
  await page.goto(tab('shop'));
  await page.getByText('Quality gates', { exact: true }).waitFor();
  await page.getByText('SonarQube · shop').waitFor();
  await page.getByText('failed', { exact: true }).first().waitFor();
  await page.getByText('Security: E').waitFor();
  await findings()
    .getByRole('row')
    .filter({ hasText: 'src/basket.js:12' })
    .waitFor();
});

test("another team's findings do not exist for the guest, neither in the API nor on the tab", async () => {
  const document = readFileSync(
    join(rootDir, 'scripts/demoScans/round2/trivy.json'),
    'utf8',
  );
  const uploaded = await api.upload('billing', 'trivy', document);
  assert.equal(uploaded.status, 201);
  const own = await api.asService(`${entityApi('billing')}/findings`);
  assert.equal(own.body.items.length, 2);
  const { findingId } = own.body.items[0];

  for (const [path, options] of [
    ['/findings'],
    ['/findings/summary'],
    ['/findings/export?format=csv'],
    [`/findings/${findingId}`],
    ['/scans'],
    [
      `/findings/${findingId}`,
      {
        method: 'PATCH',
        body: { state: 'false-positive', reason: 'not ours' },
      },
    ],
  ]) {
    const theirs = await api.call(entityApi('billing') + path, options);
    const missing = await api.call(entityApi('nothing') + path, options);
    assert.equal(theirs.status, 404, path);
    assert.deepEqual(
      JSON.parse(JSON.stringify(theirs).replaceAll('billing', 'nothing')),
      missing,
    );
  }
  for (const query of ['', '?cve=CVE-2025-00001', '?groupBy=owner']) {
    const { body } = await api.call(`cloudtrace/v1/findings${query}`);
    assert.ok(body.items.length > 0, query);
    assert.doesNotMatch(JSON.stringify(body), /billing|payments/);
  }

  await page.goto(tab('billing'));
  await page.getByText('Nothing to show here').waitFor();
  assert.equal(await findings().count(), 0);
  const text = await page.locator('body').innerText();
  for (const { title } of own.body.items) assert.ok(!text.includes(title));
});

test('the fleet page shows which services have a CVE, in dark mode too', async () => {
  const dark = await openPage('dark');
  await dark.goto(`${portal.url}/cloudtrace?view=security`);
  await dark.getByRole('textbox', { name: 'Affected by CVE' }).fill('CVE-20');
  await dark.keyboard.press('Enter');
  await dark
    .getByText(/CVE-2025-12345|such as CVE/i)
    .first()
    .waitFor();
  await dark
    .getByRole('textbox', { name: 'Affected by CVE' })
    .fill('cve-2025-00001');
  await dark.keyboard.press('Enter');
  await dark.waitForURL(/cve=cve-2025-00001/i);
  const rows = dark.getByRole('row').filter({ has: dark.getByRole('link') });
  await eventually('One service with the CVE', async () => {
    const names = await rows.allInnerTexts();
    return names.length === 1 && names[0].includes('Request tracker');
  });
  await rows.getByRole('link').click();
  await dark.waitForURL(/security-scans\?search=CVE-2025-00001/);
  await dark
    .getByRole('table', { name: 'Findings' })
    .getByText('Demo: an invented vulnerability')
    .waitFor();
  assert.deepEqual(dark.errors, []);
  await dark.context().close();
});

for (const scheme of ['light', 'dark']) {
  test(`severities can be read in ${scheme}`, async () => {
    const opened = await openPage(scheme);
    await opened.goto(tab(DEMO));
    const table = opened.getByRole('table', { name: 'Findings' });
    await table.waitFor();
    const labels = await table
      .getByText(/^(critical|high|medium|low|info)$/)
      .evaluateAll(elements =>
        elements.map(element => {
          const { color, backgroundColor } = getComputedStyle(element);
          return { text: element.textContent, color, backgroundColor };
        }),
      );
    assert.ok(labels.length > 2);
    for (const { text, color, backgroundColor } of labels) {
      const ratio = contrast(color, backgroundColor);
      assert.ok(ratio >= 4.5, `${text}: ${ratio.toFixed(2)} in ${scheme}`);
    }
    assert.deepEqual(opened.errors, []);
    await opened.context().close();
  });
}

test('a hostile file is shown as text: nothing runs and nothing is requested from other hosts', async () => {
  const uploaded = await api.upload('shop', 'sarif', hostileSarif(), {
    category: payloads[0],
    ref: payloads[1],
  });
  assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));

  const hostile = await openPage('dark');
  const foreign = [];
  const dialogs = [];
  const own = [portal.url, portal.backendUrl].map(url => new URL(url).host);
  const isOwn = url =>
    ['data:', 'blob:', 'about:'].includes(new URL(url).protocol) ||
    own.includes(new URL(url).host);
  hostile
    .context()
    .on(
      'request',
      request => isOwn(request.url()) || foreign.push(request.url()),
    );
  hostile.on('websocket', ws => isOwn(ws.url()) || foreign.push(ws.url()));
  hostile.on('dialog', dialog => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const check = async where => {
    assert.equal(
      await hostile.evaluate(() => globalThis.hostileCodeRan),
      undefined,
      where,
    );
    const hrefs = await hostile
      .locator('a[href]')
      .evaluateAll(links => links.map(link => link.href));
    for (const href of hrefs) assert.match(href, /^https?:/, where);
    assert.deepEqual([foreign, dialogs, hostile.errors], [[], [], []], where);
    // Characters that reverse or hide text, and characters that are invalid.
    assert.doesNotMatch(
      await hostile.locator('body').innerText(),
      // eslint-disable-next-line no-control-regex
      /[\u0000\u001b\u202a-\u202e\u2066-\u2069]/,
      where,
    );
  };

  await hostile.goto(tab('shop'));
  const table = hostile.getByRole('table', { name: 'Findings' });
  await table.waitFor();
  await hostile.getByText('<script>', { exact: false }).first().waitFor();
  await check('tab');
  const buttons = table.getByRole('button');
  const number = await buttons.count();
  assert.ok(number >= payloads.length);
  for (let i = 0; i < number; i++) {
    await buttons.nth(i).click();
    const dialog = hostile.getByRole('dialog', { name: 'Finding' });
    await dialog.getByRole('region', { name: 'Sources' }).waitFor();
    await check(`finding ${i}`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  for (const path of [
    '/catalog/default/component/shop/cloudtrace/overview',
    '/catalog/default/component/shop/cloudtrace/diagnostics',
    '/catalog/default/component/shop',
    '/cloudtrace?view=security',
    '/notifications',
  ]) {
    await hostile.goto(portal.url + path);
    await hostile.waitForLoadState('networkidle');
    await check(path);
  }
  const csv = await api.call(`${entityApi('shop')}/findings/export?format=csv`);
  assert.match(csv.body, /HYPERLINK/);
  assert.doesNotMatch(csv.body, /(^|,)"?[=+\-@]/m);
  assert.ok(
    !csv.body.includes(`"=HYPERLINK`) && csv.body.includes(HOSTILE_HOST),
  );
  await hostile.context().close();
});

test('no page failed during the tests', () => {
  assert.deepEqual(page.errors, []);
});
