import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';
import { countJson, countTap } from './count.mjs';

/**
 * Runs one check and counts its tests. A check that uses all cores prints to
 * the terminal. For one that may run alongside others, this returns the
 * `output`, so that the lines of two checks do not mix.
 */
export async function runCheck(check, reportDir) {
  const reportFile = join(reportDir, `${check.name}.json`);
  rmSync(reportFile, { force: true });
  const [command, ...args] = check.command.map(arg =>
    arg.replace('{report}', reportFile),
  );
  const isAlone = (check.cores ?? 1) > 1;
  const stdout = isAlone && check.report !== 'tap' ? 'inherit' : 'pipe';
  const stderr = isAlone ? 'inherit' : 'pipe';
  const captured = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd: join(rootDir, check.cwd ?? '.'),
      env: { ...process.env, ...check.env },
      stdio: ['ignore', stdout, stderr],
    });
    child.stdout?.on('data', chunk => {
      captured.push(chunk);
      if (isAlone) process.stdout.write(chunk);
    });
    child.stderr?.on('data', chunk => captured.push(chunk));
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      const end = () => resolve(signal ? 1 : status);
      child.once('close', end);
      // A process that the check left behind may keep the output open.
      setTimeout(end, 5_000);
    });
  });
  const output = Buffer.concat(captured).toString();

  let counted = { passed: 0, failed: 0 };
  if (check.report === 'json' && existsSync(reportFile)) {
    counted = countJson(JSON.parse(readFileSync(reportFile, 'utf8')));
  } else if (check.report === 'tap') {
    counted = countTap(output);
  } else if (check.report === 'exit' && code === 0) {
    counted = { passed: 1, failed: 0 };
  }
  // A runner that fails without a failed test (a crash, a broken setup) or that
  // ran no tests has not passed.
  if ((code !== 0 || counted.passed === 0) && counted.failed === 0) {
    counted.failed = 1;
  }
  return { ...counted, output: isAlone ? undefined : output };
}
