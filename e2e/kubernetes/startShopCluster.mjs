import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { rootDir } from '../../scripts/lib/paths.mjs';

const SCRIPT =
  'plugins/cloudtrace-backend-module-kubernetes/scripts/serveShopCluster.ts';

/** Starts a real API server with the workload `orders`; needs its programs, see KUBE_BIN. */
export async function startShopCluster() {
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(rootDir, SCRIPT),
    ],
    { cwd: rootDir, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  const readLine = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The API server ended');
    return value;
  };
  const { url, token } = JSON.parse(await readLine());
  return {
    url,
    token,
    /** Changes the cluster; see the commands in `serveShopCluster.ts`. */
    async run(command) {
      child.stdin.write(`${command}\n`);
      const answer = await readLine();
      if (answer !== 'done') throw new Error(answer);
    },
    stop: () => child.stdin.end(),
  };
}
