#!/usr/bin/env node
// @ts-check
/*
 * Computes the figures of a JMeter run and checks them: figures.mjs SAMPLES.jtl OUTPUT.json
 * Exits with 1 if a threshold is exceeded.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const MAX_ERROR_RATE = 0.01;
const MAX_P95_MS = 500;
const MAX_P99_MS = 1500;

const [samplesFile, outputFile] = process.argv.slice(2);
if (!samplesFile || !outputFile) {
  console.error('Usage: figures.mjs SAMPLES.jtl OUTPUT.json');
  process.exit(2);
}

const [header = '', ...lines] = readFileSync(samplesFile, 'utf8')
  .trim()
  .split('\n');
/** @param {string} line fields with a comma are in quotes, and quotes in them are doubled */
const fieldsOf = line =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    match => match[1] ?? match[2] ?? '',
  );
const columns = fieldsOf(header);
const timestampColumn = columns.indexOf('timeStamp');
const elapsedColumn = columns.indexOf('elapsed');
const successColumn = columns.indexOf('success');
if (successColumn < 0) {
  console.error(`${samplesFile} has no column "success"`);
  process.exit(1);
}

const samples = lines.map(line => {
  const fields = fieldsOf(line);
  return {
    startedAtMs: Number(fields[timestampColumn]),
    elapsedMs: Number(fields[elapsedColumn]),
    // The plan decides: a sold-out product is no failure, and a wrong answer with 200 is one.
    failed: fields[successColumn] !== 'true',
  };
});
if (samples.length === 0) {
  console.error('JMeter recorded no samples');
  process.exit(1);
}

const durations = samples.map(s => s.elapsedMs).sort((a, b) => a - b);
/** @param {number} share */
const percentile = share =>
  durations[
    Math.min(durations.length - 1, Math.floor(durations.length * share))
  ] ?? 0;
const starts = samples.map(s => s.startedAtMs).sort((a, b) => a - b);
const seconds = Math.max(1, ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000);

const figures = {
  tool: 'jmeter',
  requests: samples.length,
  requestsPerSecond: samples.length / seconds,
  errorRate: samples.filter(s => s.failed).length / samples.length,
  p95Ms: percentile(0.95),
  p99Ms: percentile(0.99),
};
writeFileSync(outputFile, `${JSON.stringify(figures, null, 2)}\n`);
console.log(figures);

if (
  figures.errorRate > MAX_ERROR_RATE ||
  figures.p95Ms > MAX_P95_MS ||
  figures.p99Ms > MAX_P99_MS
) {
  console.error(
    `A threshold was exceeded: errors ≤ ${MAX_ERROR_RATE}, p95 ≤ ${MAX_P95_MS} ms, p99 ≤ ${MAX_P99_MS} ms`,
  );
  process.exit(1);
}
