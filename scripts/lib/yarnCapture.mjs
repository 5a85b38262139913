import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensureYarn } from './ensureYarn.mjs';

const run = promisify(execFile);

/** Runs the pinned Yarn in a folder; resolves with `code` and what it printed, also if it fails. */
export async function yarnCapture(args, { cwd, env = process.env }) {
  try {
    const { stdout, stderr } = await run(
      process.execPath,
      [await ensureYarn(), ...args],
      { cwd, env, maxBuffer: 256 * 1024 * 1024 },
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}
