import { execFileSync } from 'node:child_process';
import { isPortFree } from '../../packages/dev-servers/src/index.js';
import { UserError } from './UserError.mjs';

/** Throws unless the running Node.js version is one that CloudTrace is tested with. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || major >= 22;
  if (!supported) {
    throw new UserError(
      `Node.js ${version} is too old: install Node.js 20.19 or later, 22 or 24, and run the command again.`,
    );
  }
}

/** Throws if a command-line tool that the portal needs does not run. */
export function checkTool(command, why) {
  try {
    execFileSync(command, ['--version'], {
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
  } catch {
    throw new UserError(
      `'${command}' cannot be run, but is needed ${why}: install it, make sure that it is on the PATH, and run the command again.`,
    );
  }
}

/** Throws if a port is in use, and names the option that changes it. */
export async function checkPort(port, what, option) {
  if (!(await isPortFree(port))) {
    throw new UserError(
      `Port ${port} for the ${what} is used by another program: stop that program, or choose another port with ${option} <n>.`,
    );
  }
}
