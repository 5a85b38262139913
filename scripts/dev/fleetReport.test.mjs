import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { describeFailures, readFleetReport } from './fleetReport.mjs';

test('reports a failed service, even if its line arrives in pieces', async () => {
  const stdout = new PassThrough();
  const report = readFleetReport(stdout);
  stdout.write('[fleet] demo: preparing\nCLOUDTRACE_FLEET_FAI');
  stdout.write('LED {"name":"demo","message":"the build failed"}\n');
  stdout.write('CLOUDTRACE_FLEET_READY\n');
  const failed = await report;
  assert.deepEqual(failed, [{ name: 'demo', message: 'the build failed' }]);
  assert.match(
    describeFailures(failed, 'fleet.log'),
    /^demo is not running: the build failed\n.*fleet\.log.*start-service demo$/,
  );
});

test('reports nothing if all services run', async () => {
  const stdout = new PassThrough();
  const report = readFleetReport(stdout);
  stdout.write('[fleet] demo: running\nCLOUDTRACE_FLEET_READY\n');
  assert.equal(describeFailures(await report, 'fleet.log'), undefined);
});
