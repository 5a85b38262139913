import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadPlan, LoadResult } from './generate';

/** Runs the generator in a separate process. */
export async function runLoad(
  plan: LoadPlan,
  hooks: { onMeasuring?: () => void; onMeasured?: () => void } = {},
): Promise<LoadResult> {
  const child = fork(join(__dirname, 'generate.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    return await new Promise((resolve, reject) => {
      child.on('message', (message: LoadResult | string) => {
        if (message === 'measuring') {
          hooks.onMeasuring?.();
        } else if (message === 'measured') {
          hooks.onMeasured?.();
        } else if (typeof message === 'object' && 'spans' in message) {
          // The compiler of the Backstage CLI sends its own messages too.
          resolve(message);
        }
      });
      child.on('exit', code =>
        reject(new Error(`The load generator exited with code ${code}`)),
      );
      child.send(plan);
    });
  } finally {
    child.kill();
  }
}
