import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findHelm } from './findHelm.mjs';
import { CHART, helm, renderChart, valueSets } from './renderChart.mjs';

describe(
  'the values of the chart',
  {
    skip: findHelm()
      ? false
      : 'NOT RUN: no helm found; install it or set HELM to its path',
  },
  () => {
    test('explains what is missing or wrong', () => {
      const failureOf = values => {
        const { status, stderr } = helm(
          ['template', 'main', CHART],
          values,
          '--kube-version',
          '1.35.0',
        );
        assert.notEqual(status, 0);
        return stderr;
      };
      const { baseUrl, ...withoutUrl } = valueSets.external;
      assert.match(failureOf(withoutUrl), /baseUrl/);
      assert.match(
        failureOf({ ...valueSets.trial, database: { distributed: true } }),
        /database.distributed needs a Citus coordinator/,
      );
      assert.match(
        failureOf({ ...valueSets.external, portal: { replica: 3 } }),
        /replica/,
      );
      const wrong = [
        [{ portal: { replicas: 0 } }, /replicas/],
        [{ secretName: 'Portal_1' }, /secretName/],
        [{ service: { port: 4318 } }, /service.port, service.ingestPort/],
        [
          { metrics: { enabled: true, port: 7007 } },
          /metrics.port cannot be 7007/,
        ],
        [
          { baseUrl: 'https://example.com/portal' },
          /baseUrl must have no path/,
        ],
        [
          { appConfig: { cloudtrace: { role: 'all' } } },
          /Remove cloudtrace.role/,
        ],
        [
          { appConfig: { cloudtrace: { ingest: { listen: { port: 1 } } } } },
          /Remove cloudtrace.ingest.listen/,
        ],
        [
          { ingest: { autoscaling: { minReplicas: 11 } } },
          /minReplicas is larger/,
        ],
        [
          { baseUrl: 'http://10.0.0.1' },
          /ingress.host or the host of baseUrl must be a DNS name, not "10.0.0.1"/,
        ],
        [
          { ingress: { enabled: true, host: 'a..b' } },
          /must be a DNS name, not "a..b"/,
        ],
        [
          { extraVolumes: [{ name: 'tmp', emptyDir: {} }] },
          /extraVolumes has the name "tmp" twice, or the chart uses it/,
        ],
        [
          { extraVolumeMounts: [{ name: 'ca', mountPath: '/config/' }] },
          /extraVolumeMounts has the path "\/config" twice, or the chart uses it/,
        ],
        [
          { extraVolumeMounts: [{ name: 'cb', mountPath: '/certs' }] },
          /extraVolumeMounts names "cb", which is not in extraVolumes/,
        ],
        [
          { appConfig: { cloudtrace: { ingest: { maxBodyBytes: 1e8 } } } },
          /ingress.maxBodyMib is less than cloudtrace.ingest.maxBodyBytes/,
        ],
        ...[
          [{ backend: { listen: ':9000' } }, 'backend.listen'],
          [
            { backend: { database: { knexConfig: { pool: { max: 50 } } } } },
            'backend.database.knexConfig.pool.max',
          ],
          [
            { backend: { lifecycle: { serverShutdownDelay: '5m' } } },
            'backend.lifecycle.serverShutdownDelay',
          ],
          [
            { cloudtrace: { database: { distributed: true } } },
            'cloudtrace.database.distributed',
          ],
        ].map(([appConfig, key]) => [
          { appConfig },
          new RegExp(`Remove ${key} from appConfig: `),
        ]),
      ];
      for (const [values, expected] of wrong) {
        assert.match(failureOf({ ...valueSets.external, ...values }), expected);
      }
    });

    test('accepts empty parts of appConfig, and bounds that nothing uses', () => {
      renderChart({ ...valueSets.external, appConfig: { cloudtrace: null } });
      renderChart({
        ...valueSets.external,
        ingest: { autoscaling: { enabled: false, minReplicas: 20 } },
      });
    });
  },
);
