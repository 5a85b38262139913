import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const MIB = 2 ** 20;
const HASHED_MIB = 256;
const SYNCS = 200;
const WAL_PAGE_BYTES = 8192;
const WRITTEN_MIB = 256;

/**
 * How fast the machine was just before a suite ran, so that figures of two
 * machines, or of two hours, can be compared.
 */
export interface Calibration {
  /** Of one core that computes SHA-256 of memory. */
  sha256MibPerSecond: number;
  /** Until 8 KiB, the page size of WAL, are appended and durable (`fdatasync`). */
  syncMs: { p50: number; p99: number };
  /** Sequential writes of 1 MiB, with one sync at the end. */
  writeMibPerSecond: number;
  /** Of the last minute, which includes the suites before this one. */
  loadAverage: number;
}

/** Measures the processor, and the disk of the folder in which PostgreSQL runs; takes about 2 s. */
export function calibrate(): Calibration {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-calibrate-'));
  try {
    return {
      loadAverage: loadavg()[0],
      sha256MibPerSecond: hashRate(),
      syncMs: syncTimes(join(folder, 'sync')),
      writeMibPerSecond: writeRate(join(folder, 'write')),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line for people. */
export function describeCalibration(measured: Calibration): string {
  const { sha256MibPerSecond, syncMs, writeMibPerSecond, loadAverage } =
    measured;
  return (
    `SHA-256 ${sha256MibPerSecond.toFixed(0)} MiB/s, ` +
    `sync p50 ${syncMs.p50.toFixed(1)} p99 ${syncMs.p99.toFixed(1)} ms, ` +
    `write ${writeMibPerSecond.toFixed(0)} MiB/s, ` +
    `load ${loadAverage.toFixed(1)}`
  );
}

function hashRate(): number {
  const block = randomBytes(MIB);
  const hash = createHash('sha256');
  const began = performance.now();
  for (let hashed = 0; hashed < HASHED_MIB; hashed++) hash.update(block);
  hash.digest();
  return HASHED_MIB / secondsSince(began);
}

function syncTimes(file: string): Calibration['syncMs'] {
  const page = randomBytes(WAL_PAGE_BYTES);
  const times: number[] = [];
  withFile(file, descriptor => {
    for (let synced = 0; synced < SYNCS; synced++) {
      const began = performance.now();
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
      times.push(performance.now() - began);
    }
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (SYNCS - 1))];
  return { p50: at(0.5), p99: at(0.99) };
}

function writeRate(file: string): number {
  const block = randomBytes(MIB);
  return withFile(file, descriptor => {
    const began = performance.now();
    for (let written = 0; written < WRITTEN_MIB; written++) {
      writeSync(descriptor, block);
    }
    fdatasyncSync(descriptor);
    return WRITTEN_MIB / secondsSince(began);
  });
}

function withFile<T>(file: string, use: (descriptor: number) => T): T {
  const descriptor = openSync(file, 'w');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
