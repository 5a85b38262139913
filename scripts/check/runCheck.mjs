import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';
import { countJson, countTap } from './count.mjs';

/** Runs one check with its output on the terminal and counts its tests. */
export async function runCheck(check, reportDir) {
  const reportFile = join(reportDir, `${check.name}.json`);
  rmSync(reportFile, { force: true });
  const [command, ...args] = check.command.map(arg =>
    arg.replace('{report}', reportFile),
  );
  const captured = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd: join(rootDir, check.cwd ?? '.'),
      env: { ...process.env, ...check.env },
      stdio: ['ignore', check.report === 'tap' ? 'pipe' : 'inherit', 'inherit'],
    });
    child.stdout?.on('data', chunk => {
      captured.push(chunk);
      process.stdout.write(chunk);
    });
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(signal ? 1 : status));
  });

  let counted = { passed: 0, failed: 0 };
  if (check.report === 'json' && existsSync(reportFile)) {
    counted = countJson(JSON.parse(readFileSync(reportFile, 'utf8')));
  } else if (check.report === 'tap') {
    counted = countTap(Buffer.concat(captured).toString());
  } else if (check.report === 'exit' && code === 0) {
    counted = { passed: 1, failed: 0 };
  }
  // A runner that fails without a failed test (a crash, a broken set-up) or
  // that ran no test at all has not passed.
  if ((code !== 0 || counted.passed === 0) && counted.failed === 0) {
    counted.failed = 1;
  }
  return counted;
}
