import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProviderSchema } from './schema/types';

/** The committed extract of the AWS provider's schema (`schema/refresh.ts` writes it). */
export async function readSchema(): Promise<ProviderSchema> {
  const file = path.join(__dirname, 'schema', 'aws.json');
  return JSON.parse(await readFile(file, 'utf8'));
}
