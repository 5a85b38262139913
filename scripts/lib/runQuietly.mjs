import { spawn } from 'node:child_process';
import { UserError } from '../dev/UserError.mjs';
import { rootDir } from './paths.mjs';

/**
 * Runs a command in the root folder and prints only its title. Returns what it
 * printed.
 *
 * @throws UserError with the output if the command fails
 */
export async function runQuietly(title, command, args, options = {}) {
  console.log(`${title} …`);
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: rootDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.once('error', reject);
    child.once('close', resolve);
  });
  const text = Buffer.concat(output).toString().trim();
  if (code !== 0) throw new UserError(`${title} failed:\n${text}`);
  return text;
}
