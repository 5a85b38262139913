// Changes a workload on a real API server and measures, in Chromium, how long
// each change takes to show on the tab of its component.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, signIn } from '../support/browser.mjs';
import { startPortal } from '../support/portal.mjs';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { startShopCluster } from './startShopCluster.mjs';

/** Command of the cluster, view, and words that the view must then show. */
const STEPS = [
  ['crash-loop', 'health-checks', 'exit code 1, restarted 4 times'],
  ['out-of-memory', 'health-checks', 'limit 256Mi, exit code 137 (SIGKILL)'],
  ['recover', 'health-checks', '3 of 3 healthy'],
  ['crash-workers', 'health-checks', '0 of 2 healthy'],
  ['scale-out', 'scaling-history', 'CPU utilisation above its target of 60'],
  ['hang-rollout', 'scaling-history', 'has timed out progressing'],
  ['lose-node', 'health-checks', 'The node of the pod does not respond'],
];
const MAX_MS = 60_000;

const folder = join(rootDir, '.local/kubernetes-trial');
mkdirSync(folder, { recursive: true });

const cluster = await startShopCluster();
let portal;
let browser;
try {
  portal = await startPortal({
    args: ['--no-fleet'],
    environment: {
      APP_CONFIG_kubernetes_clusterLocatorMethods: JSON.stringify([
        {
          type: 'config',
          clusters: [
            {
              name: 'trial',
              url: cluster.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: cluster.token,
              skipTLSVerify: true,
            },
          ],
        },
      ]),
      APP_CONFIG_catalog_locations: JSON.stringify([
        {
          type: 'file',
          target: join(rootDir, 'e2e/kubernetes/orders.yaml'),
          rules: [{ allow: ['Component', 'User', 'Group'] }],
        },
      ]),
    },
  });
  console.log(`Portal: ${portal.url}`);
  browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 },
  });
  page.setDefaultTimeout(120_000);
  const open = view =>
    page.goto(
      `${portal.url}/catalog/default/component/orders/cloudtrace/${view}`,
    );
  await signIn(page, portal.url);
  await page.getByRole('link', { name: 'Settings' }).first().waitFor();
  await open('health-checks');
  await page.getByText('orders-1-a').first().waitFor({ timeout: 120_000 });
  await page.screenshot({
    path: join(folder, '0-healthy.png'),
    fullPage: true,
  });

  for (const [i, [command, view, words]] of STEPS.entries()) {
    await open(view);
    await page.getByText('shop/orders').first().waitFor();
    if (await page.getByText(words).count()) {
      throw new Error(`${view} shows "${words}" before ${command}`);
    }
    const startedAtMs = performance.now();
    await cluster.run(command);
    const seen = await page
      .getByText(words)
      .first()
      .waitFor({ timeout: MAX_MS })
      .then(
        () => true,
        () => false,
      );
    const tookMs = Math.round(performance.now() - startedAtMs);
    console.log(
      seen
        ? `${command}: "${words}" on ${view} after ${tookMs} ms`
        : `${command}: "${words}" NOT SEEN on ${view} after ${tookMs} ms`,
    );
    if (!seen) process.exitCode = 1;
    await page.screenshot({
      path: join(folder, `${i + 1}-${command}.png`),
      fullPage: true,
    });
  }
} finally {
  await browser?.close();
  await portal?.stop();
  cluster.stop();
}
