import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { processIdentity } from '../../packages/dev-servers/src/index.js';

const localDir = mkdtempSync(join(tmpdir(), 'cloudtrace-supervisor-'));
after(() => rmSync(localDir, { recursive: true, force: true }));

/** A program that supervises one child and prints its pid. */
const program = join(localDir, 'program.mjs');
writeFileSync(
  program,
  `import { Supervisor } from ${JSON.stringify(
    new URL('./Supervisor.mjs', import.meta.url).href,
  )};
  const supervisor = await Supervisor.create();
  const child = supervisor.start('sleeper', process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  process.on('message', async () => { await supervisor.stop(); process.send('stopped'); process.exit(0); });
  process.send(child.pid);`,
);

function start() {
  const running = fork(program, {
    env: { ...process.env, CLOUDTRACE_LOCAL_DIR: localDir },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  running.stderr.on('data', chunk => {
    errors += chunk;
  });
  return {
    running,
    message: () =>
      new Promise((resolve, reject) => {
        running.once('message', resolve);
        running.once('exit', () => reject(new Error(errors)));
      }),
  };
}

async function waitUntilGone(pid) {
  const deadline = Date.now() + 5_000;
  while (processIdentity(pid) && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return processIdentity(pid);
}

test('stop() ends the children', async () => {
  const { running, message } = start();
  const pid = await message();
  assert.ok(processIdentity(pid));
  running.send('stop');
  await message();
  assert.equal(await waitUntilGone(pid), undefined);
});

test('no child outlives a program that is killed', async () => {
  const { running, message } = start();
  const pid = await message();
  running.kill('SIGKILL');
  assert.equal(await waitUntilGone(pid), undefined);
});

test('a second start fails while the first one is running', async () => {
  const first = start();
  const pid = await first.message();
  await assert.rejects(start().message(), /is already running/);
  first.running.send('stop');
  await first.message();
  assert.equal(await waitUntilGone(pid), undefined);
});

test('the next start stops a process that even the reaper missed', async () => {
  const first = start();
  const pid = await first.message();
  first.running.kill('SIGKILL');
  await waitUntilGone(pid);
  // Simulates a killed reaper: a live process in the run file.
  const orphan = spawn(
    process.execPath,
    ['-e', 'setInterval(() => {}, 1000)'],
    { detached: true, stdio: 'ignore' },
  );
  writeFileSync(
    join(localDir, 'run.json'),
    JSON.stringify({
      owner: { pid: 1, identity: 'long ago' },
      processes: [
        {
          label: 'orphan',
          pid: orphan.pid,
          identity: processIdentity(orphan.pid),
        },
      ],
    }),
  );
  const second = start();
  await second.message();
  assert.equal(await waitUntilGone(orphan.pid), undefined);
  assert.match(readFileSync(join(localDir, 'run.json'), 'utf8'), /sleeper/);
  second.running.send('stop');
  await second.message();
});
