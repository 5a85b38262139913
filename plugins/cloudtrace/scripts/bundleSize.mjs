#!/usr/bin/env node
/*
 * Prints how much JavaScript the CloudTrace tab adds to a portal: what a
 * browser loads when the tab is opened, beyond what the portal needs anyway.
 * Reads a real build:
 *
 *   yarn workspace app build
 *   node plugins/cloudtrace/scripts/bundleSize.mjs
 *
 * The tab is one lazily loaded unit: its own chunk and those that are asked for
 * together with it. A chunk that other parts of the portal ask for too is
 * listed, but not counted. Fails above the limit.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250_000;
const TAB = /plugins\/cloudtrace\/src\/components\/tab\/CloudtraceTab/;
const OWN = /plugins\/cloudtrace\/src\/components\//;

const dist =
  process.argv[2] ??
  fileURLToPath(new URL('../../../packages/app/dist/static', import.meta.url));

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

if (!existsSync(dist)) {
  fail(`There is no build at ${dist}. Run \`yarn workspace app build\` first.`);
}

const chunks = readdirSync(dist)
  .filter(file => file.endsWith('.js'))
  .map(file => {
    const code = readFileSync(join(dist, file));
    const map = join(dist, `${file}.map`);
    return {
      file,
      id: file.split('.')[0],
      text: code.toString('utf8'),
      gzipBytes: gzipSync(code, { level: 9 }).length,
      sources: existsSync(map)
        ? JSON.parse(readFileSync(map, 'utf8')).sources
        : [],
    };
  });

const tab = chunks.find(chunk => chunk.sources.some(name => TAB.test(name)));
if (!tab) {
  fail(`No chunk in ${dist} holds the CloudTrace tab.`);
}
const ownIds = new Set(
  chunks
    .filter(chunk => chunk.sources.some(name => OWN.test(name)))
    .map(chunk => chunk.id),
);

// A request for several chunks is Promise.all([r.e("1"), r.e("2")]).
const together = new Set([tab.id]);
const asked = new Set();
for (const { text } of chunks) {
  for (const [call] of text.matchAll(
    /Promise\.all\(\[[^\]]*\]\)|\.e\(["'][\w-]+["']\)/g,
  )) {
    const ids = [...call.matchAll(/\.e\(["']([\w-]+)["']\)/g)].map(m => m[1]);
    if (ids.includes(tab.id)) {
      ids.forEach(id => together.add(id));
    }
    // A lone request inside a group matches only as part of the group.
    if (!ids.some(id => ownIds.has(id))) {
      ids.forEach(id => asked.add(id));
    }
  }
}

const print = line => process.stdout.write(`${line}\n`);
const kB = bytes => `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
let total = 0;
for (const chunk of chunks
  .filter(item => together.has(item.id))
  .sort((a, b) => b.gzipBytes - a.gzipBytes)) {
  const shared = chunk !== tab && asked.has(chunk.id);
  total += shared ? 0 : chunk.gzipBytes;
  const libraries = new Set(
    chunk.sources
      .map(name => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1])
      .filter(Boolean),
  );
  const names = [...libraries].slice(0, 4).join(', ');
  print(
    `${kB(chunk.gzipBytes)}  ${chunk.file}  ${
      chunk === tab ? 'the tab and its views' : names
    }${shared ? '  (used by others too, not counted)' : ''}`,
  );
}
print(`${kB(total)}  gzipped in total; the limit is ${kB(LIMIT_BYTES).trim()}`);
process.exitCode = total > LIMIT_BYTES ? 1 : 0;
