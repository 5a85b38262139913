/*
 * Clusters in a process of their own: API servers that list and watch over
 * HTTP. Their parent asks for changes and for the number of calls.
 */
import {
  pathOf,
  podMetricsPath,
  watchCalls,
} from '../../../plugins/cloudtrace-backend-module-kubernetes/src/calls/watchCalls';
import { FakeApiServer } from '../../../plugins/cloudtrace-backend-module-kubernetes/src/testUtils/FakeApiServer';
import {
  NAMESPACE,
  nodesOf,
  podMetricsOf,
  podOf,
  workloadObjects,
} from './clusterObjects';
import type {
  ApiCalls,
  ApiServersMessage,
  ClusterPlan,
} from './startApiServers';

const BOOKMARKS_MS = 60_000;
const MEASURED_MS = 60_000;

let servers: FakeApiServer[] = [];
let plan: ClusterPlan;

async function start(wanted: ClusterPlan): Promise<string[]> {
  plan = wanted;
  servers = await Promise.all(
    Array.from({ length: plan.clusters }, () => new FakeApiServer().start()),
  );
  for (const server of servers) {
    for (const object of nodesOf()) server.put(...object);
  }
  for (let index = 0; index < plan.workloads; index++) {
    const server = servers[index % servers.length];
    const objects = workloadObjects(
      `bench-${index}`,
      plan.pods / plan.workloads,
    );
    for (const object of objects) server.put(...object);
  }
  // Watches start after the lists; nobody has to replay what was there before.
  for (const server of servers) server.forgetEvents();
  setInterval(sendBookmarks, BOOKMARKS_MS).unref();
  measurePods();
  setInterval(measurePods, MEASURED_MS).unref();
  return servers.map(server => server.url);
}

/** As an API server does, about once a minute. */
function sendBookmarks() {
  for (const server of servers) {
    for (const { kind } of watchCalls) server.bookmark(kind);
  }
}

/** Calls since the last question; discovery of optional APIs is none of them. */
function takeCalls(): ApiCalls {
  const watched = new Set(watchCalls.map(pathOf));
  const requests = servers.flatMap(server => server.requests.splice(0));
  return {
    lists: requests.filter(
      ({ path, query }) => watched.has(path) && !query.has('watch'),
    ).length,
    metricsPolls: requests.filter(
      ({ path }) => path === podMetricsPath(NAMESPACE),
    ).length,
  };
}

/** What metrics-server measures of the pods, now. */
function measurePods() {
  const timestamp = new Date().toISOString();
  servers.forEach((server, index) => {
    const names = Array.from(
      { length: plan.workloads },
      (_, workload) => workload,
    ).filter(workload => workload % servers.length === index);
    server.podMetrics = new Map([
      [
        NAMESPACE,
        names.flatMap(workload =>
          Array.from({ length: plan.pods / plan.workloads }, (_, pod) =>
            podMetricsOf(`bench-${workload}`, pod, timestamp),
          ),
        ),
      ],
    ]);
  });
}

process.on('message', async (message: ApiServersMessage) => {
  switch (message.type) {
    case 'start':
      process.send!({ urls: await start(message.plan) });
      break;
    case 'calls':
      process.send!({ calls: takeCalls() });
      break;
    default: {
      const { workload, pod, ready } = message;
      servers[workload % servers.length].put(
        'pods',
        podOf(`bench-${workload}`, pod, ready),
      );
      process.send!({ changed: true });
    }
  }
});
process.on('disconnect', () => process.exit(0));
