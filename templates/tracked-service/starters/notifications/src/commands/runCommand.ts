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
  const config = { ...loadConfig(), LOG_LEVEL: 'warn' as const };
  const instance = await detectInstance('uuid');
  const logger = createLogger(config, instance);
  const credentials = await createCredentialsProvider(config);
  const database = new DatabasePool({ config, credentials, logger });
  const parts = await createParts({ config, instance, logger, database });
  try {
    process.stdout.write(`${await work(parts)}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  } finally {
    await parts.adapters.close();
    await database.close();
  }
}

function messageOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}

/** Prints how a command is used and ends the process. */
export function exitWithUsage(usage: string, code: 0 | 2): never {
  process.stderr.write(usage);
  process.exit(code);
}
