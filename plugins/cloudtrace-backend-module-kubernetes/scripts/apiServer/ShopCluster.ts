import {
  LABELS,
  now,
  podTemplate,
  ownedBy,
  rolledOut,
  progressing,
  running,
  containerState,
  terminated,
  autoscaler,
} from './objectParts';
import type { RunningApiServer } from './startApiServer';

type Json = Record<string, any>;

const APPS = '/apis/apps/v1/namespaces/shop';
const CORE = '/api/v1/namespaces/shop';
const AUTOSCALERS =
  '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
const SLICES = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices';

/**
 * The namespace `shop` with a Deployment `orders` of three pods in three zones.
 * Writes objects and statuses as scheduler, controllers and kubelet would.
 */
export class ShopCluster {
  readonly #server: RunningApiServer;
  #pods: Json[] = [];
  #deployment: Json = {};
  #revision: Json = {};
  #autoscaler: Json = {};
  #events = 0;

  constructor(server: RunningApiServer) {
    this.#server = server;
  }

  /** Three healthy pods behind a Service, scaled by an autoscaler from 3 to 8. */
  async deploy(): Promise<void> {
    const { admin } = this.#server;
    await admin.create('/api/v1/namespaces', { metadata: { name: 'shop' } });
    for (const zone of ['a', 'b', 'c']) {
      await admin.create('/api/v1/nodes', {
        metadata: {
          name: `node-${zone}`,
          labels: { 'topology.kubernetes.io/zone': `zone-${zone}` },
        },
        status: {
          conditions: [
            { type: 'Ready', status: 'True', lastTransitionTime: now() },
          ],
        },
      });
    }
    this.#deployment = await admin.create(`${APPS}/deployments`, {
      metadata: {
        name: 'orders',
        labels: LABELS,
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'orders' } },
        template: podTemplate(1),
      },
      status: {
        ...rolledOut(3),
        conditions: [
          progressing('True', 'NewReplicaSetAvailable', 'rolled out'),
        ],
      },
    });
    this.#revision = await this.#createRevision(1, 3);
    await admin.create(`${CORE}/services`, {
      metadata: { name: 'orders' },
      spec: { selector: { app: 'orders' }, ports: [{ port: 8080 }] },
    });
    for (const zone of ['a', 'b', 'c']) await this.#createPod(zone);
    await admin.create(SLICES, {
      metadata: {
        name: 'orders-1',
        labels: { 'kubernetes.io/service-name': 'orders' },
      },
      addressType: 'IPv4',
      ports: [{ name: '', port: 8080, protocol: 'TCP' }],
      endpoints: this.#endpoints(),
    });
    this.#autoscaler = await admin.create(AUTOSCALERS, {
      metadata: { name: 'orders' },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'orders',
        },
        minReplicas: 3,
        maxReplicas: 8,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 60 },
            },
          },
        ],
      },
      status: autoscaler(3, 3, 41),
    });
  }

  /** The container of a pod exits with 1 again and again. */
  async crashLoop(zone: string): Promise<void> {
    await this.#setPod(zone, {
      ...containerState(
        {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'back-off 40s restarting failed container=api',
          },
        },
        { terminated: terminated('Error', 1) },
        4,
      ),
    });
  }

  /** The kernel kills the container of a pod at its memory limit. */
  async outOfMemory(zone: string): Promise<void> {
    await this.#setPod(
      zone,
      containerState(
        { waiting: { reason: 'CrashLoopBackOff' } },
        { terminated: terminated('OOMKilled', 137) },
        2,
      ),
    );
  }

  /** A pod runs and is ready again. */
  async recover(zone: string): Promise<void> {
    await this.#setPod(zone, running());
  }

  /** The autoscaler raises the number of pods because of CPU. */
  async scaleOut(replicas: number, utilization: number): Promise<void> {
    const { admin } = this.#server;
    const before = this.#pods.length;
    await admin.patch(`${AUTOSCALERS}/orders/status`, {
      status: autoscaler(before, replicas, utilization),
    });
    await this.#event(
      this.#autoscaler,
      'SuccessfulRescale',
      `New size: ${replicas}; reason: cpu resource utilization (percentage of request) above target`,
      'horizontal-pod-autoscaler',
      'Normal',
    );
    await admin.patch(`${APPS}/deployments/orders`, { spec: { replicas } });
    await this.#event(
      this.#deployment,
      'ScalingReplicaSet',
      `Scaled up replica set ${
        this.#revision.metadata.name
      } from ${before} to ${replicas}`,
      'deployment-controller',
      'Normal',
    );
    for (let i = before; i < replicas; i++) {
      await this.#createPod('abc'[i % 3], `-${i}`);
    }
    await this.#followPods();
    await admin.patch(`${AUTOSCALERS}/orders/status`, {
      status: autoscaler(replicas, replicas, 55),
    });
  }

  /** A new revision whose image does not exist; the deadline passes. */
  async hangRollout(): Promise<void> {
    const { admin } = this.#server;
    const { generation } = (
      await admin.patch(`${APPS}/deployments/orders`, {
        metadata: {
          annotations: { 'deployment.kubernetes.io/revision': '2' },
        },
        spec: { template: podTemplate(2) },
      })
    ).metadata;
    this.#revision = await this.#createRevision(2, 1);
    await this.#createPod(
      'a',
      '-new',
      containerState({
        waiting: {
          reason: 'ImagePullBackOff',
          message: 'Back-off pulling image "example/orders:2"',
        },
      }),
    );
    await this.#followPods({
      observedGeneration: generation,
      conditions: [
        progressing(
          'False',
          'ProgressDeadlineExceeded',
          `ReplicaSet "${
            this.#revision.metadata.name
          }" has timed out progressing.`,
        ),
      ],
    });
  }

  /** A node stops reporting; its pods are not ready any more. */
  async loseNode(zone: string): Promise<void> {
    const { admin } = this.#server;
    await admin.patch(`/api/v1/nodes/node-${zone}/status`, {
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
            lastTransitionTime: now(),
          },
        ],
      },
    });
    for (const pod of this.#pods) {
      if (pod.spec.nodeName !== `node-${zone}`) continue;
      await this.#writeStatus(pod, {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            lastTransitionTime: now(),
            reason: 'NodeNotReady',
          },
        ],
      });
    }
    await this.#followPods();
  }

  deletePod(zone: string): Promise<Json> {
    const name = this.#find(zone).metadata.name;
    return this.#server.admin.delete(`${CORE}/pods/${name}`);
  }

  deleteWorkload(): Promise<Json> {
    return this.#server.admin.delete(`${APPS}/deployments/orders`);
  }

  #createRevision(revision: number, replicas: number): Promise<Json> {
    const template = podTemplate(revision);
    return this.#server.admin.create(`${APPS}/replicasets`, {
      metadata: {
        name: `orders-${revision}`,
        labels: LABELS,
        annotations: { 'deployment.kubernetes.io/revision': `${revision}` },
        ownerReferences: ownedBy('Deployment', this.#deployment),
      },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'orders' } },
        template,
      },
      status: { replicas, readyReplicas: replicas },
    });
  }

  async #createPod(zone: string, suffix = '', status = running()) {
    const pod = await this.#server.admin.create(`${CORE}/pods`, {
      metadata: {
        name: `${this.#revision.metadata.name}-${zone}${suffix}`,
        labels: LABELS,
        ownerReferences: ownedBy('ReplicaSet', this.#revision),
      },
      spec: {
        ...this.#revision.spec.template.spec,
        nodeName: `node-${zone}`,
      },
      status,
    });
    this.#pods.push(pod);
  }

  #isUpdated({ metadata }: Json): boolean {
    const [owner] = metadata.ownerReferences;
    return owner.uid === this.#revision.metadata.uid;
  }

  #find(zone: string): Json {
    const pod = this.#pods.find(({ spec }) => spec.nodeName === `node-${zone}`);
    if (!pod) throw new Error(`No pod runs in zone ${zone}`);
    return pod;
  }

  async #setPod(zone: string, status: Json) {
    await this.#writeStatus(this.#find(zone), status);
    await this.#followPods();
  }

  async #writeStatus(pod: Json, status: Json) {
    pod.status = (
      await this.#server.admin.patch(
        `${CORE}/pods/${pod.metadata.name}/status`,
        { status },
      )
    ).status;
  }

  /** What the controllers write when pods have changed. */
  async #followPods(status: Json = {}) {
    const { admin } = this.#server;
    const ready = this.#pods.filter(isReady).length;
    await admin.patch(`${APPS}/deployments/orders/status`, {
      status: {
        replicas: this.#pods.length,
        updatedReplicas: this.#pods.filter(pod => this.#isUpdated(pod)).length,
        readyReplicas: ready,
        availableReplicas: ready,
        unavailableReplicas: this.#pods.length - ready,
        ...status,
      },
    });
    await this.#server.admin.patch(`${SLICES}/orders-1`, {
      endpoints: this.#endpoints(),
    });
  }

  #endpoints(): Json[] {
    return this.#pods.map((pod, i) => {
      const { metadata, spec } = pod;
      const ready = isReady(pod);
      return {
        addresses: [`10.0.0.${i + 1}`],
        conditions: { ready, serving: ready, terminating: false },
        nodeName: spec.nodeName,
        targetRef: {
          kind: 'Pod',
          namespace: 'shop',
          name: metadata.name,
          uid: metadata.uid,
        },
      };
    });
  }

  #event(
    about: Json,
    reason: string,
    message: string,
    component: string,
    type: 'Normal' | 'Warning',
  ): Promise<Json> {
    this.#events += 1;
    return this.#server.admin.create(`${CORE}/events`, {
      metadata: { name: `orders.${this.#events}`, namespace: 'shop' },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        namespace: 'shop',
        name: about.metadata.name,
        uid: about.metadata.uid,
      },
      reason,
      message,
      type,
      count: 1,
      firstTimestamp: now(),
      lastTimestamp: now(),
      source: { component },
    });
  }
}

function isReady({ status }: Json): boolean {
  return status.conditions.some(
    (condition: Json) =>
      condition.type === 'Ready' && condition.status === 'True',
  );
}
