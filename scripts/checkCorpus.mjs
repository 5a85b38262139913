#!/usr/bin/env node
// `yarn corpus`: sends a folder of third-party files to a running local portal
// and compares what it stored with an independent count.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { countFindings } from './corpus/countFindings.mjs';
import { countRequests } from './corpus/countRequests.mjs';
import { describeOutcome, summarize } from './corpus/describeOutcome.mjs';
import { UserError } from './dev/UserError.mjs';
import { call, send, withToken } from './lib/portal.mjs';

const USAGE = `Sends every file of a folder to a running local portal. Reports whether it was accepted, rejected or failed with 5xx, and whether the counts agree.

Usage: yarn corpus <folder> --format <format> [options]

  --format <format>    sarif, trivy, snyk, sonarqube, npm-audit, cyclonedx-vex, the id of another importer, or otlp (JSON)
  --ext <ext>          sends only files with this extension
  --backend-url <url>  backend of the portal (default http://localhost:7007)
  --entity <ref>       service that gets the data (default component:default/request-tracker-demo)
  --json               prints one JSON object a line instead of a table
  --help               show this text

Exits with 1 if a response was 5xx or a count differs. docs/corpora.md lists sources of files.`;

const limits = { noteLength: 100 };

async function sendScan({ api, secret, format, file, body }) {
  // A separate category per file, so that no file replaces another.
  const query = new URLSearchParams({ category: file.slice(-256) });
  const answer = await send(`${api}/scans/${format}?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body: gzipSync(body),
  });
  const scans = answer.body?.scans ?? [];
  const sum = (items, read) => items.reduce((all, x) => all + read(x), 0);
  const cuts = scans.flatMap(scan =>
    scan.cuts.filter(({ limit }) => limit === 'results per run'),
  );
  return {
    status: answer.status,
    counted: countFindings(format, body.toString('utf8')),
    stored: sum(scans, scan => scan.findings),
    left: sum(cuts, cut => cut.total - cut.kept),
    note:
      answer.body?.error?.message ?? scans.find(s => s.incomplete)?.incomplete,
  };
}

async function sendSpans({ api, entity, headers, environment, secret, body }) {
  const counted = countRequests(body.toString('utf8'));
  const stored = async () => {
    if (!(counted?.requests > 0)) return 0;
    const range = new URLSearchParams({
      environment,
      from: new Date(counted.fromMs).toISOString(),
      to: new Date(counted.toMs).toISOString(),
      limit: '1',
    });
    const page = await call(`${entity}/requests?${range}`, { headers });
    return page.total ?? page.totalAtLeast;
  };
  const before = await stored();
  const answer = await send(`${api}/otlp/v1/traces`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
    },
    body,
  });
  const { rejectedSpans, errorMessage } = answer.body?.partialSuccess ?? {};
  return {
    status: answer.status,
    counted: counted?.requests,
    stored: (await stored()) - before,
    left: Number(rejectedSpans ?? 0),
    note: errorMessage ?? answer.body?.message ?? answer.body?.error?.message,
  };
}

async function listFiles(folder, ext) {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new UserError(`${folder} cannot be read: ${error.message}`);
  }
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith(ext))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      ext: { type: 'string', default: '' },
      'backend-url': { type: 'string', default: 'http://localhost:7007' },
      entity: {
        type: 'string',
        default: 'component:default/request-tracker-demo',
      },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [folder] = positionals;
  if (!folder || !values.format) {
    throw new UserError(`Name a folder and --format.\n\n${USAGE}`);
  }
  const files = await listFiles(folder, values.ext);
  if (files.length === 0) throw new UserError(`${folder} has no such files.`);
  const isOtlp = values.format === 'otlp';
  const rows = await withToken(
    {
      backendUrl: values['backend-url'],
      entityRef: values.entity,
      kind: isOtlp ? 'requests' : 'scans',
      name: 'corpus',
    },
    async portal => {
      const all = [];
      for (const path of files) {
        const file = path.slice(folder.length).replace(/^[/\\]+/, '');
        const body = await readFile(path);
        const outcome = await (isOtlp ? sendSpans : sendScan)({
          ...portal,
          format: values.format,
          file,
          body,
        });
        const note = outcome.note?.slice(0, limits.noteLength);
        const row = describeOutcome({ ...outcome, file, note });
        if (values.json) console.log(JSON.stringify(row));
        all.push(row);
      }
      return all;
    },
  );
  if (!values.json) console.table(rows);
  const summary = summarize(rows);
  console.log(JSON.stringify(summary));
  if (summary['5xx'] > 0 || summary.different > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof UserError || error.code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? `${error.message}` : error);
  process.exitCode = 1;
}
