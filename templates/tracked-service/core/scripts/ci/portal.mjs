#!/usr/bin/env node
// @ts-check
/*
 * Reports to the developer portal what the pipeline did.
 *
 *   portal.mjs sarif FILE…                         uploads scan reports; the category is the name of the file
 *   portal.mjs event KIND KEY=VALUE… [@FILE]       reports an event; KEY=@FILE reads the value, @FILE more keys, from a file
 *
 * Reads CLOUDTRACE_URL, COMMIT, REF, RUN_ID, RUN_URL, and the tokens CLOUDTRACE_SCANS_TOKEN and CLOUDTRACE_EVENTS_TOKEN.
 * Without a token it prints a note and succeeds, because forks have none.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const ATTEMPTS = 5;
const TIMEOUT_MS = 60_000;
/** The portal's limit for event texts. */
const DESCRIPTION_LENGTH = 2000;

/**
 * @param {string} path below the portal's address
 * @param {string} token
 * @param {{ headers: Record<string, string>, body: BodyInit }} request
 */
async function post(path, token, request) {
  const url = `${process.env.CLOUDTRACE_URL}${path}`;
  for (let attempt = 1; ; attempt += 1) {
    let problem;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...request.headers, authorization: `Bearer ${token}` },
        body: request.body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.ok) return text;
      problem = `${response.status} ${text.slice(0, 1000)}`;
      // Any other status below 500 is our mistake; a retry does not help.
      if (response.status < 500 && response.status !== 429) {
        throw new Error(`The portal rejected ${path}: ${problem}`);
      }
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('The portal')) {
        throw error;
      }
      problem ??= String(error);
    }
    if (attempt === ATTEMPTS) {
      throw new Error(`The portal did not accept ${path}: ${problem}`);
    }
    await delay(1000 * 2 ** attempt);
  }
}

/** @param {string} name */
function readToken(name) {
  const token = process.env[name];
  if (!token) {
    console.error(`${name} is not set: nothing is sent to the portal`);
  }
  return token;
}

/** @param {string[]} files */
async function uploadSarif(files) {
  const token = readToken('CLOUDTRACE_SCANS_TOKEN');
  if (!token) return;
  for (const file of files) {
    const query = new URLSearchParams({
      category: basename(file, '.sarif'),
      ref: process.env.REF ?? '',
      commit: process.env.COMMIT ?? '',
    });
    const answer = await post(`/scans/sarif?${query}`, token, {
      headers: {
        'content-type': 'application/sarif+json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(readFileSync(file)),
    });
    console.log(`${file}: ${answer}`);
  }
}

/** @param {string} value */
function parseValue(value) {
  if (!value.startsWith('@')) return value;
  const text = readFileSync(value.slice(1), 'utf8');
  return value.endsWith('.json') ? JSON.parse(text) : text;
}

/** @param {string[]} args */
async function reportEvent([kind, ...args]) {
  const token = readToken('CLOUDTRACE_EVENTS_TOKEN');
  if (!token) return;
  /** @type {Record<string, unknown>} */
  const event = {
    kind,
    id: process.env.RUN_ID,
    at: new Date().toISOString(),
    url: process.env.RUN_URL,
  };
  for (const arg of args) {
    const separator = arg.indexOf('=');
    if (arg.startsWith('@')) {
      Object.assign(event, parseValue(arg));
    } else {
      event[arg.slice(0, separator)] = parseValue(arg.slice(separator + 1));
    }
  }
  for (const [key, value] of Object.entries(event)) {
    if (value === '' || value === undefined) delete event[key];
  }
  if (typeof event.description === 'string') {
    event.description = event.description.slice(0, DESCRIPTION_LENGTH);
  }
  const answer = await post('/events', token, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  console.log(`${kind}: ${answer}`);
}

const [command, ...args] = process.argv.slice(2);
const commands = { sarif: uploadSarif, event: reportEvent };
if (command !== 'sarif' && command !== 'event') {
  console.error('Usage: portal.mjs sarif FILE… | event KIND KEY=VALUE…');
  process.exit(2);
}
try {
  await commands[command](args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
