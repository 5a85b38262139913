import {
  containerState,
  ownedBy,
  rolledOut,
  running,
  terminated,
} from './objectParts';
import type { RunningApiServer } from './startApiServer';

const SETS = '/apis/apps/v1/namespaces/shop/statefulsets';
const PODS = '/api/v1/namespaces/shop/pods';
const NAME = 'orders-worker';
const PODS_OF_SET = [`${NAME}-0`, `${NAME}-1`];
const spec = {
  containers: [{ name: 'worker', image: 'example/orders-worker:1' }],
};

/** A StatefulSet of two workers of the component `orders`, without a Service. */
export class WorkerSet {
  readonly #admin: RunningApiServer['admin'];

  constructor({ admin }: RunningApiServer) {
    this.#admin = admin;
  }

  /** Two ready pods. */
  async deploy(): Promise<void> {
    const labels = { app: NAME };
    const set = await this.#admin.create(SETS, {
      metadata: {
        name: NAME,
        labels: { ...labels, 'backstage.io/kubernetes-id': 'orders' },
      },
      spec: {
        replicas: PODS_OF_SET.length,
        serviceName: NAME,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
      status: rolledOut(PODS_OF_SET.length),
    });
    for (const [i, name] of PODS_OF_SET.entries()) {
      await this.#admin.create(PODS, {
        metadata: {
          name,
          labels,
          ownerReferences: ownedBy('StatefulSet', set),
        },
        spec: { ...spec, nodeName: `node-${'ab'[i]}` },
        status: running(),
      });
    }
  }

  /** All workers crash again and again; the API goes on. */
  async crash(): Promise<void> {
    const status = containerState(
      { waiting: { reason: 'CrashLoopBackOff' } },
      { terminated: terminated('Error', 2) },
      3,
    );
    for (const name of PODS_OF_SET) {
      await this.#admin.patch(`${PODS}/${name}/status`, { status });
    }
    await this.#admin.patch(`${SETS}/${NAME}/status`, {
      status: { ...rolledOut(0), replicas: PODS_OF_SET.length },
    });
  }
}
