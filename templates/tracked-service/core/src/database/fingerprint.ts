import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Identifies the migrations of this build, so that an instance knows whether the schema that it needs is there. */
export function migrationsFingerprint(): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${file.slice(directory.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Creates the table of fingerprints. */
export async function createFingerprints(client: ClientBase): Promise<void> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS schema_fingerprints (fingerprint text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  );
}

/**
 * Records that this build's migrations have been applied and that the application may use the result: instances that
 * wait for it start now. Instances of an earlier build still find theirs.
 */
export async function recordFingerprint(client: ClientBase): Promise<void> {
  await client.query(
    'INSERT INTO schema_fingerprints (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING',
    [migrationsFingerprint()],
  );
}
