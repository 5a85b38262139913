// Builds a real OpenTelemetry Collector, gives it the configuration of
// docs/ingest.md, and sends the requests of twenty services through it with one
// platform token: over HTTP, over HTTP with zstd while the backend is killed,
// and over gRPC. Compares what each entity has.
//
//   yarn try:collector    needs Go and HAProxy
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../packages/dev-servers/src/index.js';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { call, send } from '../../scripts/lib/portal.mjs';
import { startReplicas } from '../replicas/startReplicas.mjs';
import { buildCollector } from './buildCollector.mjs';
import { Collector } from './Collector.mjs';
import { documentedConfig } from './documentedConfig.mjs';

const SERVICES = 20;
const ROUNDS = 50;
const WAIT_MS = 120_000;

const folder = join(rootDir, '.local/collector-trial');
mkdirSync(folder, { recursive: true });
const names = Array.from({ length: SERVICES }, (_, i) => `collected-${i}`);

function report(what, ok, detail) {
  console.log(`${ok ? 'ok      ' : 'FAILED  '}${what}: ${detail}`);
  if (!ok) process.exitCode = 1;
}

/** Every other component has another name than its service. */
const serviceOf = (name, i) => (i % 2 === 0 ? name : `svc.${name}`);

function writeEntities() {
  const file = join(folder, 'entities.yaml');
  const entities = names.map((name, i) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations:
        i % 2 === 0 ? {} : { 'cloudtrace.io/service-name': serviceOf(name, i) },
    },
    spec: {
      type: 'service',
      lifecycle: 'experimental',
      owner: 'group:default/guests',
    },
  }));
  // JSON is YAML.
  writeFileSync(file, entities.map(one => JSON.stringify(one)).join('\n---\n'));
  return file;
}

/** Spans of one service; each service sends another number of them. */
function resourceSpans(service, environment, count) {
  const text = (key, value) => ({ key, value: { stringValue: value } });
  const now = Date.now();
  return {
    resource: {
      attributes: [
        text('service.name', service),
        text('service.instance.id', `${service}-1`),
        text('deployment.environment.name', environment),
      ],
    },
    scopeSpans: [
      {
        spans: Array.from({ length: count }, () => ({
          traceId: randomBytes(16).toString('hex'),
          spanId: randomBytes(8).toString('hex'),
          name: 'GET /items',
          kind: 2,
          startTimeUnixNano: `${now}000000`,
          endTimeUnixNano: `${now + 5}000000`,
          attributes: [text('http.route', '/items')],
        })),
      },
    ],
  };
}

/** Sends requests of all services, and some of a service that nobody claims. */
async function sendRounds(collector, environment, onHalf) {
  const sent = new Map(names.map(name => [name, 0]));
  let unknown = 0;
  for (let round = 0; round < ROUNDS; round++) {
    if (round === ROUNDS / 2) await onHalf?.();
    const resources = names.map((name, i) => {
      const count = 1 + ((round + i) % 7);
      sent.set(name, sent.get(name) + count);
      return resourceSpans(serviceOf(name, i), environment, count);
    });
    resources.push(resourceSpans('nobodys', environment, 2));
    unknown += 2;
    await collector.send({ resourceSpans: resources });
    await sleep(20);
  }
  return { sent, unknown };
}

async function storedOf(trial, environment) {
  const rows = await trial.query(
    `SELECT e.entity_ref, count(*)::int AS requests
       FROM cloudtrace.requests r JOIN cloudtrace.entities e USING (entity_id)
       JOIN cloudtrace.instances i USING (entity_id, instance_id)
      WHERE i.environment = $1 GROUP BY 1`,
    [environment],
  );
  return new Map(rows.map(row => [row.entity_ref.split('/')[1], row.requests]));
}

async function compare(trial, environment, { sent }) {
  const deadline = Date.now() + WAIT_MS;
  const differs = stored =>
    names.filter(name => stored.get(name) !== sent.get(name));
  let stored = await storedOf(trial, environment);
  while (differs(stored).length > 0 && Date.now() < deadline) {
    await sleep(500);
    stored = await storedOf(trial, environment);
  }
  const total = map => [...map.values()].reduce((sum, n) => sum + n, 0);
  const wrong = differs(stored).map(
    name => `${name} ${stored.get(name) ?? 0} of ${sent.get(name)}`,
  );
  report(
    `requests over ${environment}`,
    wrong.length === 0 && stored.size === SERVICES,
    `${total(stored)} of ${total(sent)} stored for ${stored.size} entities${
      wrong.length ? `; ${wrong.join(', ')}` : ''
    }`,
  );
}

async function createPlatformToken(url) {
  const { backstageIdentity } = await call(`${url}/api/auth/guest/refresh`);
  const headers = {
    authorization: `Bearer ${backstageIdentity.token}`,
    'content-type': 'application/json',
  };
  const { body, text } = await send(
    `${url}/api/cloudtrace/v1/platform/tokens`,
    {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'trial', scope: { all: true } }),
    },
  );
  if (!body?.secret) throw new Error(text);
  const get = path => call(`${url}/api/${path}`, { headers });
  // The catalog reads its entities a little after the start.
  const deadline = Date.now() + WAIT_MS;
  const known = async () => {
    const { totalItems } = await get(
      'catalog/entities/by-query?filter=kind=component&fields=metadata.name&fullTextFilterTerm=collected-&fullTextFilterFields=metadata.name&limit=1',
    );
    return totalItems >= SERVICES;
  };
  while (!(await known())) {
    if (Date.now() > deadline) throw new Error('The catalog has no entities');
    await sleep(1_000);
  }
  return { secret: body.secret, get };
}

const { program, version } = buildCollector(
  join(rootDir, '.local/tools/otel-collector'),
);
console.log(`OpenTelemetry Collector ${version}`);
const grpcPort = await findFreePort(25100);
const trial = await startReplicas({
  count: 1,
  logFolder: folder,
  config: {
    cloudtrace_ingest_platformTokens: true,
    cloudtrace_ingest_grpc: { host: '127.0.0.1', port: grpcPort },
    catalog_locations: [
      {
        type: 'file',
        target: writeEntities(),
        rules: [{ allow: ['Component'] }],
      },
    ],
  },
});
try {
  const { secret, get } = await createPlatformToken(trial.url);
  const [replica] = trial.replicas;
  const trials = {
    http: {},
    zstd: {
      sender: { compression: 'zstd' },
      onHalf: async () => {
        await trial.kill(replica);
        void trial.boot(replica);
      },
    },
    grpc: { sender: { grpcEndpoint: `127.0.0.1:${grpcPort}` } },
  };
  let unknown = 0;
  for (const [name, { sender, onHalf }] of Object.entries(trials)) {
    const port = await findFreePort(25200);
    const config = documentedConfig({ port, url: trial.url, ...sender });
    const collector = new Collector({
      ...{ program, name, port, config, folder },
      token: secret,
    });
    try {
      const sending = await sendRounds(collector, name, onHalf);
      unknown += sending.unknown;
      await compare(trial, name, sending);
    } finally {
      await collector.stop();
    }
    const warnings = collector.lines('no entity claims the service: nobodys');
    report(`warnings over ${name}`, warnings.length > 0, warnings.length);
  }
  const { items } = await get('cloudtrace/v1/platform/services');
  const [nobodys] = items.filter(item => item.name === 'nobodys');
  report(
    'spans of the unknown service',
    // What a killed backend counted in its last seconds is gone.
    items.length === 1 && nobodys.spans > 0 && nobodys.spans <= unknown,
    `${nobodys?.spans} of ${unknown} counted, the rest by the killed backend`,
  );
} finally {
  await trial.stop();
  rmSync(join(folder, 'entities.yaml'), { force: true });
}
