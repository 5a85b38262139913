import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { checkNode, checkPort, checkTool } from './preflight.mjs';

test('rejects old versions of Node.js and accepts tested ones', () => {
  for (const version of ['18.20.0', '20.18.3']) {
    assert.throws(() => checkNode(version), /Node\.js .* is too old/);
  }
  for (const version of ['20.19.0', '22.4.0', '24.1.0']) checkNode(version);
});

test('names a missing tool and its purpose', () => {
  assert.throws(
    () => checkTool('cloudtrace-no-such-tool', 'to prove a point'),
    /'cloudtrace-no-such-tool' cannot be run, but is needed to prove a point/,
  );
});

test('names the option that changes a port in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address();
  await assert.rejects(
    checkPort(port, 'portal', '--port'),
    new RegExp(`Port ${port} for the portal is used.*--port <n>`),
  );
  await new Promise(resolve => server.close(resolve));
});
