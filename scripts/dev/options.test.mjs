import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from './options.mjs';

test('uses defaults', () => {
  assert.deepEqual(parseOptions([]), {
    port: 3000,
    backendPort: 7007,
    demo: 'request-tracker',
    fleet: true,
    reset: false,
    help: false,
  });
});

test('parses ports and switches', () => {
  const options = parseOptions([
    '--port',
    '3200',
    '--backend-port=7200',
    '--demo=storefront',
    '--no-fleet',
    '--reset',
  ]);
  assert.equal(options.port, 3200);
  assert.equal(options.backendPort, 7200);
  assert.equal(options.demo, 'storefront');
  assert.equal(options.fleet, false);
  assert.equal(options.reset, true);
});

for (const [args, message] of [
  [['--port', '0'], /--port must be a port number/],
  [['--port', '80a'], /--port must be a port number/],
  [['--port', '7007'], /two different ports/],
  [['--demo', 'shop'], /--demo must be request-tracker or storefront/],
  [['--fleet'], /Unknown option '--fleet'/],
]) {
  test(`${args.join(' ')} is rejected with a reason`, () => {
    assert.throws(() => parseOptions(args), { name: 'UserError', message });
  });
}
