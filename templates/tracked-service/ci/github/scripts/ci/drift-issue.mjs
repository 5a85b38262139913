#!/usr/bin/env node
// @ts-check
/*
 * Opens an issue that lists what drifted, keeps it up to date, and closes it once the infrastructure matches the code again.
 * Reads reports/drift-status.txt and reports/drift.json of infrastructure.sh. A check that failed says nothing about drift: it
 * changes no issue.
 */
import { existsSync, readFileSync } from 'node:fs';

const LABEL = 'drift';
const TIMEOUT_MS = 30_000;
const {
  ENVIRONMENT = 'production',
  GITHUB_API_URL = 'https://api.github.com',
  GITHUB_REPOSITORY,
  GITHUB_RUN_ID,
  GITHUB_SERVER_URL,
  GITHUB_TOKEN,
} = process.env;

/**
 * @param {string} method
 * @param {string} path below the repository
 * @param {object} [body]
 */
async function call(method, path, body) {
  const response = await fetch(
    `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`,
    {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${GITHUB_TOKEN}`,
        'content-type': 'application/json',
        'x-github-api-version': '2022-11-28',
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
  );
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `GitHub rejected ${method} ${path}: ${response.status} ${text.slice(
        0,
        500,
      )}`,
    );
  }
  return JSON.parse(text);
}

/** @param {string} title */
async function findIssue(title) {
  const issues = await call(
    'GET',
    `/issues?state=open&labels=${LABEL}&per_page=100`,
  );
  return issues.find(
    (/** @type {{ title: string }} */ issue) => issue.title === title,
  );
}

/** @param {Array<{ id: string, type: string, change: string }>} resources */
function describe(resources) {
  return [
    `The infrastructure of ${ENVIRONMENT} no longer matches the code in \`infra/\`:`,
    '',
    '| Resource | Type | Change |',
    '| --- | --- | --- |',
    ...resources.map(
      ({ id, type, change }) => `| \`${id}\` | \`${type}\` | ${change} |`,
    ),
    '',
    'Deploy to restore what the code declares, or change the code so that it declares what should stay.',
    'The nightly check updates this issue, and closes it once both match.',
  ].join('\n');
}

const title = `Drift in ${ENVIRONMENT}`;
const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;

/** @param {string} status */
async function report(status) {
  const issue = await findIssue(title);
  if (status === 'in-sync') {
    if (!issue) return 'in sync, and no issue is open';
    await call('POST', `/issues/${issue.number}/comments`, {
      body: `The infrastructure matches the code again: ${run}`,
    });
    await call('PATCH', `/issues/${issue.number}`, {
      state: 'closed',
      state_reason: 'completed',
    });
    return `closed ${issue.html_url}`;
  }
  const body = describe(JSON.parse(readFileSync('reports/drift.json', 'utf8')));
  if (!issue) {
    const opened = await call('POST', '/issues', {
      title,
      body: `${body}\n\nFound by ${run}`,
      labels: [LABEL],
    });
    return `opened ${opened.html_url}`;
  }
  if (String(issue.body).startsWith(body)) {
    return `unchanged ${issue.html_url}`;
  }
  await call('PATCH', `/issues/${issue.number}`, {
    body: `${body}\n\nFound by ${run}`,
  });
  return `updated ${issue.html_url}`;
}

const status = existsSync('reports/drift-status.txt')
  ? readFileSync('reports/drift-status.txt', 'utf8')
  : 'not checked';
if (status === 'in-sync' || status === 'drifted') {
  console.log(`Drift issue: ${await report(status)}`);
} else {
  console.log(
    `Drift issue: left as it is, because the check ended as ${status}`,
  );
}
