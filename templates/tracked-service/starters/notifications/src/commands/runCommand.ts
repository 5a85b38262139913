import { loadConfig } from '../config/config.js';
import { DatabasePool } from '../database/DatabasePool.js';
import { detectInstance } from '../instance/detectInstance.js';
import { createCredentialsProvider } from '../secrets/createCredentialsProvider.js';
import { createParts, type Parts } from '../starter/createParts.js';
import { createLogger } from '../telemetry/createLogger.js';

/** Runs a command of an operator with the parts of the service, and prints what it returns. */
export async function runCommand(
  work: (parts: Parts) => Promise<string>,
): Promise<void> {
  const config = { ...loadConfig(), LOG_LEVEL: 'warn' as const };
  const instance = await detectInstance('uuid');
  const logger = createLogger(config, instance);
  const credentials = await createCredentialsProvider(config);
  const database = new DatabasePool({ config, credentials, logger });
  const parts = createParts({ config, instance, logger, database });
  try {
    process.stdout.write(`${await work(parts)}\n`);
  } finally {
    await parts.adapters.close();
    await database.close();
  }
}

/** Prints how a command is used and ends the process. */
export function exitWithUsage(usage: string, code: 0 | 2): never {
  process.stderr.write(usage);
  process.exit(code);
}
