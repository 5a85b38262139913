import { randomBytes } from 'node:crypto';
import type { AccountStore } from '../accounts/AccountStore.js';
import { printUsage, readArguments, readEmail } from './readArguments.js';
import { runCommand } from './runCommand.js';

const usage = `Makes an administrator: a new account with a random password, or an account that exists.

Usage: npm run create-admin -- --email <address> [--name <name>]
`;

const { values } = readArguments(usage, {
  options: {
    email: { type: 'string' },
    name: { type: 'string', default: 'Administrator' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) printUsage(usage);
const email = readEmail(values.email, usage);

await runCommand(({ accounts }) => createAdmin(accounts, values.name));

async function createAdmin(
  accounts: AccountStore,
  name: string,
): Promise<string> {
  const existing = await accounts.findByEmail(email);
  if (existing) {
    await accounts.makeAdmin(existing.user.id);
    return `${email} is an administrator now; the password is unchanged.`;
  }
  const password = randomBytes(15).toString('base64url');
  await accounts.create({ email, name, password, role: 'admin' });
  return `${email} is an administrator now. The password is shown only this once:\n${password}`;
}
