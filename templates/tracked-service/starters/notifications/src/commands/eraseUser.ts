import { eraseUser } from '../accounts/eraseUser.js';
import type { Parts } from '../starter/createParts.js';
import { printUsage, readArguments, readEmail } from './readArguments.js';
import { runCommand } from './runCommand.js';

const usage = `Deletes an account and everything that was sent to it. This cannot be undone.

Usage: npm run erase-user -- --email <address>
`;

const { values } = readArguments(usage, {
  options: {
    email: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) printUsage(usage);
const email = readEmail(values.email, usage);

await runCommand(erase);

async function erase(parts: Parts): Promise<string> {
  const userId = await eraseUser(parts, email);
  if (!userId) {
    process.exitCode = 1;
    return `${email} has no account.`;
  }
  await parts.adapters.cache.invalidate([userId]);
  const { kind } = parts.adapters.eventBus;
  return `${email} was erased.${kind === 'kafka' ? ' Kafka deletes its messages when the retention of the topics ends.' : ''}`;
}
