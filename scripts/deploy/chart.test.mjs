import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { before, describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { findHelm } from './findHelm.mjs';
import { CHART, helm, renderChart, valueSets } from './renderChart.mjs';

/** No schema of it is at hand: its project publishes it. */
const WITHOUT_SCHEMA = 'ServiceMonitor';

const ofKind = (objects, kind) =>
  objects.filter(object => object.kind === kind);
const podsOf = objects =>
  [...ofKind(objects, 'Deployment'), ...ofKind(objects, 'StatefulSet')].map(
    ({ metadata, spec }) => ({
      name: metadata.name,
      labels: spec.template.metadata.labels,
      spec: spec.template.spec,
    }),
  );
const selects = (selector, labels) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

describe(
  'the chart of the portal',
  {
    skip: findHelm()
      ? false
      : 'NOT RUN: no helm found; install it or set HELM to its path',
  },
  () => {
    let checkSchemas;
    const rendered = {};
    before(() => {
      const require = createRequire(import.meta.url);
      require('@backstage/cli/config/nodeTransform.cjs');
      ({
        checkSchemas,
      } = require('../../templates/tracked-service/tests/kubernetes/checkSchemas.ts'));
      for (const [name, values] of Object.entries(valueSets)) {
        rendered[name] = renderChart(values);
      }
    });

    test('passes the linter with every set of values', () => {
      for (const [name, values] of Object.entries(valueSets)) {
        const { status, stdout } = helm(['lint', CHART, '--strict'], values);
        assert.equal(status, 0, `${name}: ${stdout}`);
      }
    });

    test('consists of objects that Kubernetes accepts, without unknown fields', () => {
      for (const [name, objects] of Object.entries(rendered)) {
        const known = objects.filter(({ kind }) => kind !== WITHOUT_SCHEMA);
        assert.ok(known.length >= 5, name);
        assert.deepEqual(checkSchemas(known), [], name);
      }
      const [first] = ofKind(structuredClone(rendered.external), 'Deployment');
      first.spec.template.spec.containers[0].readynessProbe = {};
      assert.match(checkSchemas([first]).join(), /readynessProbe/);
    });

    test('runs three replicas for users and two for ingest, and never fewer during a rollout', () => {
      const [portal, ingest] = ofKind(rendered.external, 'Deployment');
      assert.equal(portal.spec.replicas, 3);
      const [scaler] = ofKind(rendered.external, 'HorizontalPodAutoscaler');
      // A number in both places would undo each other.
      assert.equal(ingest.spec.replicas, undefined);
      assert.equal(scaler.spec.minReplicas, 2);
      assert.equal(scaler.spec.scaleTargetRef.name, ingest.metadata.name);
      for (const { spec } of [portal, ingest]) {
        assert.equal(spec.strategy.rollingUpdate.maxUnavailable, 0);
      }
      const fixed = ofKind(rendered.fixedNumber, 'Deployment')[1];
      assert.equal(fixed.spec.replicas, 4);
      assert.equal(
        ofKind(rendered.fixedNumber, 'HorizontalPodAutoscaler').length,
        0,
      );
    });

    test('runs pods that can neither become root nor write to their image', () => {
      for (const objects of Object.values(rendered)) {
        for (const { spec } of podsOf(objects)) {
          assert.equal(spec.securityContext.runAsNonRoot, true);
          assert.ok(spec.securityContext.runAsUser > 0);
          assert.equal(
            spec.securityContext.seccompProfile.type,
            'RuntimeDefault',
          );
          for (const { securityContext } of spec.containers) {
            assert.equal(securityContext.readOnlyRootFilesystem, true);
            assert.equal(securityContext.allowPrivilegeEscalation, false);
            assert.deepEqual(securityContext.capabilities.drop, ['ALL']);
          }
        }
      }
    });

    test('has a disruption budget, a service and a network policy for each set of pods', () => {
      const objects = rendered.trial;
      for (const { name, labels } of podsOf(objects)) {
        const services = ofKind(objects, 'Service').filter(({ spec }) =>
          selects(spec.selector, labels),
        );
        assert.equal(services.length, 1, name);
        const policies = ofKind(objects, 'NetworkPolicy').filter(({ spec }) =>
          selects(spec.podSelector.matchLabels, labels),
        );
        assert.equal(policies.length, 1, name);
        const budgets = ofKind(objects, 'PodDisruptionBudget').filter(
          ({ spec }) => selects(spec.selector.matchLabels, labels),
        );
        // One database cannot be spared.
        assert.equal(budgets.length, name.endsWith('-database') ? 0 : 1, name);
      }
    });

    test('names only ports and files that exist', () => {
      for (const [name, objects] of Object.entries(rendered)) {
        const [{ data }] = ofKind(objects, 'ConfigMap');
        for (const { labels, spec } of podsOf(objects)) {
          const [{ ports, args }] = spec.containers;
          const names = ports.map(port => port.name);
          for (const service of ofKind(objects, 'Service')) {
            if (!selects(service.spec.selector, labels)) continue;
            for (const { targetPort } of service.spec.ports) {
              assert.ok(names.includes(targetPort), `${name}: ${targetPort}`);
            }
          }
          for (const arg of args) {
            const file = /^--config=\/config\/(.*)$/.exec(arg)?.[1];
            if (file) assert.equal(typeof parse(data[file]), 'object', file);
          }
        }
      }
    });

    test('gives each replica its role and the database its options', () => {
      const rolesOf = objects => {
        const [{ data }] = ofKind(objects, 'ConfigMap');
        return ofKind(objects, 'Deployment').map(({ spec }) => {
          const roles = spec.template.spec.containers[0].args
            .map(arg => data[arg.replace('--config=/config/', '')])
            .map(text => text && parse(text)?.cloudtrace?.role)
            .filter(Boolean);
          return roles.join();
        });
      };
      assert.deepEqual(rolesOf(rendered.external), ['portal', 'ingest']);
      assert.deepEqual(rolesOf(rendered.oneRole), ['all']);
      const [{ data }] = ofKind(rendered.citus, 'ConfigMap');
      assert.deepEqual(
        parse(data['app-config.chart.yaml']).cloudtrace.database,
        { distributed: true, shardCount: 32 },
      );
    });

    test('lets replicas for ingest call a portal replica, and run no tasks', () => {
      const configOf = (objects, name) =>
        parse(ofKind(objects, 'ConfigMap')[0].data[name]);
      const config = configOf(rendered.external, 'app-config.ingest.yaml');
      const [{ target, plugins }] = config.discovery.endpoints;
      const { hostname, port, pathname } = new URL(target.internal);
      assert.deepEqual(plugins, ['cloudtrace']);
      assert.equal(decodeURI(pathname), '/api/{{pluginId}}');
      const service = ofKind(rendered.external, 'Service').find(
        ({ metadata }) => metadata.name === hostname,
      );
      assert.equal(
        service.spec.selector['app.kubernetes.io/component'],
        'portal',
      );
      assert.ok(
        service.spec.ports.some(each => each.port === Number(port || 80)),
      );
      assert.equal(config.scaffolder.concurrentTasksLimit, 0);
      const alone = configOf(rendered.oneRole, 'app-config.ingest.yaml');
      assert.equal(alone.discovery, undefined);
      assert.equal(alone.scaffolder, undefined);
    });

    test('lets bodies as large as CloudTrace accepts through ingress-nginx', () => {
      const limitOf = objects =>
        ofKind(objects, 'Ingress')[0].metadata.annotations[
          'nginx.ingress.kubernetes.io/proxy-body-size'
        ];
      assert.equal(limitOf(rendered.external), '64m');
      assert.equal(limitOf(rendered.oneRole), '9m');
    });

    test('admits exactly those whom the network policy names', () => {
      const admitted = (objects, component) =>
        Object.fromEntries(
          ofKind(objects, 'NetworkPolicy')
            .find(({ metadata }) => metadata.name.endsWith(`-${component}`))
            .spec.ingress.flatMap(({ ports, from }) =>
              ports.map(({ port }) => [port, from]),
            ),
        );
      const pods = app => ({ podSelector: { matchLabels: { app } } });
      assert.deepEqual(admitted(rendered.restricted, 'portal'), {
        http: [pods('ingress')],
        otlp: [pods('collector')],
      });
      const { portalFrom, ingestFrom } = valueSets.citus.networkPolicy;
      const { http, otlp, metrics } = admitted(rendered.citus, 'ingest');
      assert.deepEqual(http, [...ingestFrom, ...portalFrom]);
      assert.deepEqual(otlp, ingestFrom);
      assert.equal(metrics, undefined);
      // What serves the portal also serves calls of the replicas for ingest.
      const [fromUsers, fromIngest] = admitted(rendered.citus, 'portal').http;
      assert.deepEqual(fromUsers, portalFrom[0]);
      const [, ingest] = podsOf(rendered.citus);
      assert.ok(selects(fromIngest.podSelector.matchLabels, ingest.labels));
      assert.deepEqual(admitted(rendered.external, 'portal'), {
        http: undefined,
      });
    });

    test('keeps texts that look like numbers or aliases, and its own annotation', () => {
      const [pod] = ofKind(rendered.oneRole, 'Deployment').map(
        ({ spec }) => spec.template,
      );
      const [{ envFrom }] = pod.spec.containers;
      assert.equal(envFrom[0].secretRef.name, '123');
      assert.notEqual(
        pod.metadata.annotations['checksum/configuration'],
        'of the user',
      );
      const [ingress] = ofKind(rendered.oneRole, 'Ingress');
      assert.equal(ingress.spec.rules[0].host, '*.example.com');
    });

    test('mounts further volumes, and lets the trial database take all connections', () => {
      for (const { spec } of podsOf(rendered.external)) {
        const { volumeMounts } = spec.containers[0];
        assert.ok(volumeMounts.some(({ mountPath }) => mountPath === '/certs'));
        assert.ok(spec.volumes.some(({ name }) => name === 'ca'));
      }
      const [database] = ofKind(rendered.trial, 'StatefulSet');
      const [, connections] = database.spec.template.spec.containers[0].args;
      // Three portal and ten ingest replicas, one more of each, eleven pools of
      // ten, four more for each replica, and twenty for people.
      assert.equal(connections, 'max_connections=1730');
    });

    test('keeps names of releases and namespaces that YAML reads as numbers', () => {
      for (const release of ['123', 'true']) {
        const { stdout } = helm(
          ['template', release, CHART],
          valueSets.citus,
          ...['--kube-version', '1.35.0', '--namespace', '456'],
        );
        const objects = parseAllDocuments(stdout)
          .map(document => document.toJS())
          .filter(Boolean);
        const known = objects.filter(({ kind }) => kind !== WITHOUT_SCHEMA);
        assert.deepEqual(checkSchemas(known), []);
        for (const { kind, metadata, spec } of objects) {
          assert.equal(metadata.namespace, '456', kind);
          const { matchLabels } = spec?.selector ?? {};
          if (!matchLabels) continue;
          assert.equal(matchLabels['app.kubernetes.io/instance'], release);
        }
      }
    });

    test('keeps what replicas for ingest need, whatever appConfig says', () => {
      const own = { target: 'http://other/api/{{pluginId}}', plugins: ['x'] };
      const objects = renderChart({
        ...valueSets.external,
        appConfig: {
          scaffolder: { concurrentTasksLimit: 5 },
          discovery: { endpoints: [own] },
        },
      });
      const [{ data }] = ofKind(objects, 'ConfigMap');
      const [, ingest] = ofKind(objects, 'Deployment');
      // Backstage merges objects and replaces lists; the last file wins.
      const files = ingest.spec.template.spec.containers[0].args
        .map(arg => data[arg.replace('--config=/config/', '')])
        .filter(Boolean)
        .map(text => parse(text));
      const last = key => files.findLast(file => file[key])[key];
      assert.equal(last('scaffolder').concurrentTasksLimit, 0);
      const [cloudtrace, other] = last('discovery').endpoints;
      assert.deepEqual(cloudtrace.plugins, ['cloudtrace']);
      assert.deepEqual(other, own);
    });

    test('names the host of the Ingress as Kubernetes wants it', () => {
      const [ingress] = ofKind(
        renderChart({
          ...valueSets.external,
          baseUrl: 'https://Portal.Example.com',
        }),
        'Ingress',
      );
      assert.equal(ingress.spec.rules[0].host, 'portal.example.com');
    });
  },
);
