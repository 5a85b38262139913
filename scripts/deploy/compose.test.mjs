import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { rootDir } from '../lib/paths.mjs';

const require = createRequire(import.meta.url);
const { ConfigSources, EnvConfigSource } = require('@backstage/config-loader');

/** Eleven pools of ten, leases and events; see docs/operations.md. */
const CONNECTIONS_PER_REPLICA = 11 * 10 + 4;
const CONNECTIONS_FOR_PEOPLE = 20;

const { services } = parse(
  readFileSync(join(rootDir, 'deploy/compose/docker-compose.yaml'), 'utf8'),
  { merge: true },
);
const replicas = Object.entries(services).filter(([name]) =>
  /^(portal|ingest)-\d$/.test(name),
);

describe('the Compose file', () => {
  test('lets replicas for ingest call a portal replica, and run no tasks', async () => {
    const ingest = replicas.filter(([name]) => name.startsWith('ingest'));
    assert.equal(ingest.length, 2);
    for (const [, { environment }] of ingest) {
      const config = await ConfigSources.toConfig(
        EnvConfigSource.create({ env: environment }),
      );
      assert.equal(config.getString('cloudtrace.role'), 'ingest');
      assert.equal(
        config.getOptionalNumber('scaffolder.concurrentTasksLimit'),
        0,
      );
      const [endpoint] = config.getConfigArray('discovery.endpoints');
      assert.deepEqual(endpoint.getStringArray('plugins'), ['cloudtrace']);
      const { hostname, port, pathname } = new URL(
        endpoint.getString('target.internal'),
      );
      // The balancer sends everything but ingest to the portal replicas.
      assert.ok(services[hostname], hostname);
      assert.equal(port, '8080');
      assert.equal(decodeURI(pathname), '/api/{{pluginId}}');
      config.close?.();
    }
  });

  test('lets the database take the connections of all replicas', () => {
    const setting = services.database.command.at(-1);
    const max = Number(/^max_connections=(\d+)$/.exec(setting)[1]);
    assert.ok(
      max >= replicas.length * CONNECTIONS_PER_REPLICA + CONNECTIONS_FOR_PEOPLE,
      setting,
    );
  });
});
