#!/usr/bin/env node
// `yarn demo:scans`: uploads two rounds of scans to the demo service of a
// running local portal, like a pipeline.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { UserError } from './dev/UserError.mjs';
import { rootDir } from './lib/paths.mjs';
import { call, withToken } from './lib/portal.mjs';

const USAGE = `Uploads demo scans to a service of the running local portal, in two rounds.

Usage: yarn demo:scans [options]

  --backend-url <url>  backend of the portal (default http://localhost:7007)
  --entity <ref>       service that gets the scans (default component:default/request-tracker-demo)
  --round <1|2>        sends only this round
  --help               show this text`;

/** The files of each round, with the format and the details that a pipeline sends. */
const files = [
  {
    name: 'eslint.sarif',
    format: 'sarif',
    query: { checkoutUri: 'file:///home/ci/request-tracker-demo' },
  },
  { name: 'flawfinder.sarif', format: 'sarif', query: { category: 'native' } },
  { name: 'npm-audit.json', format: 'npm-audit', query: {} },
  { name: 'trivy.json', format: 'trivy', query: { category: 'image' } },
  { name: 'snyk.json', format: 'snyk', query: {} },
  {
    name: 'sonarqube.json',
    format: 'sonarqube',
    query: { category: 'scan-demo' },
  },
];

async function upload(api, secret, round, file) {
  const body = await readFile(
    join(rootDir, 'scripts/demoScans', `round${round}`, file.name),
  );
  // No commit: with one, the first round of a second run would count as a
  // repeated old scan.
  const query = new URLSearchParams({
    ref: 'main',
    analysedAt: new Date().toISOString(),
    ...file.query,
  });
  return call(`${api}/scans/${file.format}?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body: gzipSync(body),
  });
}

async function sendRound(api, secret, round) {
  const rows = [];
  let link;
  for (const file of files) {
    const answer = await upload(api, secret, round, file);
    link = answer.link ?? link;
    rows.push(
      ...answer.scans.map(scan => ({
        file: file.name,
        tool: scan.tool,
        status: scan.status,
        findings: scan.findings,
        new: scan.newFindings,
        fixed: scan.fixedFindings,
        back: scan.reopenedFindings,
      })),
    );
  }
  console.log(`\nRound ${round}`);
  console.table(rows);
  return link;
}

async function main() {
  const { values } = parseArgs({
    options: {
      'backend-url': { type: 'string', default: 'http://localhost:7007' },
      entity: {
        type: 'string',
        default: 'component:default/request-tracker-demo',
      },
      round: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const rounds = [1, 2].filter(
    round => values.round === undefined || values.round === String(round),
  );
  if (rounds.length === 0) {
    throw new UserError(`--round must be 1 or 2, but is '${values.round}'.`);
  }
  const [link, summary] = await withToken(
    {
      backendUrl: values['backend-url'],
      entityRef: values.entity,
      kind: 'scans',
      name: 'demo scans',
    },
    async ({ api, entity, headers, secret }) => {
      let page;
      for (const round of rounds) page = await sendRound(api, secret, round);
      return [page, await call(`${entity}/findings/summary`, { headers })];
    },
  );
  console.log(
    `\nNow open: ${Object.entries(summary.open)
      .map(([severity, count]) => `${count} ${severity}`)
      .join(', ')}; since the previous scans: ${
      summary.newSinceLastScan
    } new, ${summary.fixedSinceLastScan} fixed.`,
  );
  if (link) {
    console.log(`See them:  ${link}`);
    console.log(
      `Services with a CVE:  ${
        new URL(link).origin
      }/cloudtrace?view=security&cve=CVE-2025-00001`,
    );
  }
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof UserError || error.code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? `${error.message}` : error);
  process.exitCode = 1;
}
