import type { Manifest } from './Manifest';
import { inObject, type Mistake } from './Mistake';
import type { Container } from './workloads';

const BY_USERS = 'storefront other-cluster';

/** Mistakes in what KEDA scales. */
export const kedaMistakes: readonly Mistake[] = [
  {
    name: 'an autoscaler beside the one that KEDA makes',
    make: manifests => {
      const autoscaler = manifests.find(
        ({ kind }) => kind === 'HorizontalPodAutoscaler',
      )!;
      const second = structuredClone(autoscaler);
      second.spec.scaleTargetRef.name = 'orders-worker';
      manifests.push(second);
    },
    problem: /orders-worker has no autoscaler.*has two/,
  },
  inObject(
    'ScaledObject',
    'a misspelt field of KEDA',
    /pollingIntervall/,
    s => {
      s.pollingIntervall = 30;
    },
  ),
  inObject(
    'ScaledObject',
    'a target that KEDA cannot scale',
    /must have/,
    s => {
      delete s.scaleTargetRef.name;
    },
  ),
  inTrigger('a misspelt threshold', /kafka has a field/, ({ metadata }) => {
    metadata.lagTreshold = metadata.lagThreshold;
    delete metadata.lagThreshold;
  }),
  inTrigger('a password in a trigger', /kafka has a field/, ({ metadata }) => {
    metadata.password = 'secret';
  }),
  inTrigger('a trigger that KEDA lacks', /kafkaa has a field/, trigger => {
    trigger.type = 'kafkaa';
  }),
  inTrigger('a login without a secret', /logs in without/, trigger => {
    delete trigger.authenticationRef;
  }),
  inTrigger("another trigger's login", /logs in without/, trigger => {
    trigger.authenticationRef.name = 'other';
  }),
  inObject(
    'TriggerAuthentication',
    'a misspelt source of a login',
    /secretTargetReff/,
    spec => {
      spec.secretTargetReff = [];
    },
  ),
  inObject(
    'TriggerAuthentication',
    'a key that the secret lacks',
    /reads a secret that nobody wrote/,
    spec => {
      spec.secretTargetRef[0].key = 'KAFKA_USER';
    },
  ),
  inObject(
    'ScaledObject',
    'no fallback',
    /changes the number of pods without a figure/,
    spec => {
      delete spec.fallback;
    },
  ),
  {
    name: 'no way for KEDA to the figure',
    where: BY_USERS,
    make: manifests => {
      for (const name of ['requests', 'scaling']) {
        policyOf(manifests, name).ingress.pop();
      }
    },
    problem: /metrics-api asks a service that no network policy/,
  },
  {
    ...inTrigger(
      'a figure of another namespace',
      /metrics-api asks/,
      trigger => {
        trigger.metadata.url = 'http://orders.payments.svc/healthz/scaling';
      },
    ),
    where: BY_USERS,
  },
];

function inTrigger(
  name: string,
  problem: RegExp,
  change: (trigger: Container) => void,
): Mistake {
  return inObject('ScaledObject', name, problem, spec =>
    change(spec.triggers[0]),
  );
}

function policyOf(manifests: readonly Manifest[], name: string) {
  return manifests.find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name,
  )!.spec;
}
