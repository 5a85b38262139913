import { loadConfig } from '../config/config.js';
import { DatabasePool } from '../database/DatabasePool.js';
import { detectInstance } from '../instance/detectInstance.js';
import { createCredentialsProvider } from '../secrets/createCredentialsProvider.js';
import { createParts, type Parts } from '../starter/createParts.js';
import { causeOf } from '../storage/ServiceDatabase.js';
import { createLogger } from '../telemetry/createLogger.js';

/** Runs a command of an operator with the parts of the service, and prints what it returns, or why it failed. */
export async function runCommand(
  work: (parts: Parts) => Promise<string>,
): Promise<void> {
  try {
    process.stdout.write(`${await withParts(work)}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

async function withParts<T>(work: (parts: Parts) => Promise<T>): Promise<T> {
  // What the parts try again is of no concern here: the command prints why it failed.
  const config = { ...loadConfig(), LOG_LEVEL: 'error' as const };
  const instance = await detectInstance('uuid');
  const logger = createLogger(config, instance);
  const credentials = await createCredentialsProvider(config);
  const database = new DatabasePool({ config, credentials, logger });
  const parts = await createParts({ config, instance, logger, database });
  try {
    return await work(parts);
  } finally {
    await parts.adapters.close();
    await database.close();
  }
}

function messageOf(error: unknown): string {
  const cause = causeOf(error);
  // A name with several addresses, such as localhost, has an error for each.
  if (cause instanceof AggregateError) {
    return cause.errors.map(messageOf).join('; ');
  }
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause === undefined
    ? cause.message
    : `${cause.message}: ${messageOf(cause.cause)}`;
}
