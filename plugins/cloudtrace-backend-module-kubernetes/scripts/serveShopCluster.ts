import { createInterface } from 'node:readline';
import { allowReader } from './apiServer/allowReader';
import { ShopCluster } from './apiServer/ShopCluster';
import { startApiServer } from './apiServer/startApiServer';
import { WorkerSet } from './apiServer/WorkerSet';

/*
 * Runs a real API server with a workload until its input ends. Prints one line
 * of JSON when it is ready, and "done" after each command that it reads.
 */

async function main() {
  const server = await startApiServer();
  try {
    const shop = new ShopCluster(server);
    await allowReader(server);
    await shop.deploy();
    const workers = new WorkerSet(server);
    await workers.deploy();
    const commands: Record<string, () => Promise<unknown>> = {
      'crash-loop': () => shop.crashLoop('a'),
      'out-of-memory': () => shop.outOfMemory('b'),
      recover: async () => {
        await shop.recover('a');
        await shop.recover('b');
      },
      'scale-out': () => shop.scaleOut(5, 92),
      'hang-rollout': () => shop.hangRollout(),
      'lose-node': () => shop.loseNode('c'),
      'crash-workers': () => workers.crash(),
      'delete-workload': () => shop.deleteWorkload(),
    };
    const { url, readerToken } = server;
    const names = Object.keys(commands);
    print(JSON.stringify({ url, token: readerToken, commands: names }));
    for await (const line of createInterface({ input: process.stdin })) {
      const command = commands[line.trim()];
      if (command) await command();
      print(command ? 'done' : `Unknown command, use ${names.join(', ')}`);
    }
  } finally {
    server.stop();
  }
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
