import { describe as nameOf, type Manifest } from './Manifest';
import type { Policy } from './Policy';
import { selects } from './workloads';

const KEDA = 'https://keda.sh/docs/2.20';

/** The namespace of KEDA's Helm chart in its documentation, and in `clusterAddOns.sh`. */
const KEDA_NAMESPACE = 'keda';

/** What the metadata of a trigger may contain. The API server accepts any, and KEDA ignores what it does not know. */
interface TriggerFields {
  required: readonly string[];
  optional: readonly string[];
}

interface Trigger {
  type: string;
  metadata: Record<string, string | undefined>;
  authenticationRef?: { name: string };
}

/** The triggers that the manifests use. Those with `FromEnv` read a variable of the workload. */
const TRIGGERS: Readonly<Record<string, TriggerFields>> = {
  'aws-cloudwatch': {
    required: ['awsRegion', 'targetMetricValue', 'minMetricValue'],
    optional: [
      'activationTargetMetricValue',
      'dimensionName',
      'dimensionValue',
      'expression',
      'identityOwner',
      'ignoreNullValues',
      'metricCollectionTime',
      'metricEndTimeOffset',
      'metricName',
      'metricStat',
      'metricStatPeriod',
      'metricUnit',
      'namespace',
    ],
  },
  cpu: { required: ['value'], optional: ['containerName'] },
  kafka: {
    required: ['bootstrapServersFromEnv', 'consumerGroup', 'lagThreshold'],
    optional: [
      'activationLagThreshold',
      'allowIdleConsumers',
      'ensureEvenDistributionOfPartitions',
      'excludePersistentLag',
      'limitToPartitionsWithLag',
      'offsetResetPolicy',
      'partitionLimitation',
      'sasl',
      'scaleToZeroOnInvalidOffset',
      'tls',
      'topic',
      'version',
    ],
  },
  'metrics-api': {
    required: ['url', 'valueLocation', 'targetValue'],
    optional: [
      'activationTargetValue',
      'aggregateFromKubeServiceEndpoints',
      'aggregationType',
      'format',
      'timeout',
    ],
  },
};

/** Rules about what KEDA scales. */
export const kedaPolicies: readonly Policy[] = [
  everyTrigger(
    `${KEDA}/scalers/`,
    'has a field that it does not know, or lacks one',
    ({ type, metadata }) => {
      const fields = TRIGGERS[type];
      return (
        fields?.required.every(name => metadata[name]) &&
        Object.keys(metadata).every(name =>
          [...fields.required, ...fields.optional].includes(name),
        )
      );
    },
  ),
  everyTrigger(
    `${KEDA}/concepts/authentication/`,
    'logs in without a TriggerAuthentication of the manifests',
    ({ metadata, authenticationRef }, manifests) =>
      (metadata.sasl ?? 'none') === 'none' ||
      manifests.some(
        ({ kind, metadata: { name } }) =>
          kind === 'TriggerAuthentication' && name === authenticationRef?.name,
      ),
  ),
  everyTrigger(
    `${KEDA}/scalers/metrics-api/`,
    'asks a service that no network policy lets it reach',
    ({ metadata: { url } }, manifests) =>
      !url || manifests.some(manifest => admitsKeda(manifest, url, manifests)),
  ),
  {
    source: `${KEDA}/concepts/authentication/#secrets`,
    find: manifests =>
      manifests
        .filter(
          manifest =>
            manifest.kind === 'TriggerAuthentication' &&
            !manifest.spec.secretTargetRef.every((reference: Manifest) =>
              manifests.some(other => writes(other, reference)),
            ),
        )
        .map(
          manifest => `${nameOf(manifest)} reads a secret that nobody wrote`,
        ),
  },
  {
    source: `${KEDA}/reference/scaledobject-spec/#fallback`,
    find: manifests =>
      manifests
        .filter(
          ({ kind, spec }) =>
            kind === 'ScaledObject' &&
            spec.fallback?.behavior !== 'currentReplicas',
        )
        .map(
          manifest =>
            `${nameOf(manifest)} changes the number of pods without a figure`,
        ),
  },
];

function everyTrigger(
  source: string,
  problem: string,
  holds: (trigger: Trigger, manifests: readonly Manifest[]) => unknown,
): Policy {
  return {
    source,
    find: manifests =>
      manifests
        .filter(({ kind }) => kind === 'ScaledObject')
        .flatMap(manifest =>
          manifest.spec.triggers
            .filter((trigger: Trigger) => !holds(trigger, manifests))
            .map(
              ({ type }: Trigger) =>
                `${nameOf(manifest)}: the trigger ${type} ${problem}`,
            ),
        ),
  };
}

/** Whether a network policy lets KEDA reach the pods behind an address such as `http://orders.shop.svc/path`. */
function admitsKeda(
  { kind, metadata, spec }: Manifest,
  url: string,
  manifests: readonly Manifest[],
): boolean {
  const [name, namespace] = new URL(url).hostname.split('.');
  const service = manifests.find(
    other =>
      other.kind === 'Service' &&
      other.metadata.name === name &&
      other.metadata.namespace === namespace,
  );
  return (
    kind === 'NetworkPolicy' &&
    service !== undefined &&
    metadata.namespace === namespace &&
    selects(spec.podSelector, service.spec.selector) &&
    (spec.ingress ?? []).some(({ from = [] }: Manifest) =>
      from.some(({ namespaceSelector }: Manifest) =>
        selects(namespaceSelector ?? NOBODY, {
          'kubernetes.io/metadata.name': KEDA_NAMESPACE,
        }),
      ),
    )
  );
}

const NOBODY = { matchLabels: { nobody: 'nobody' } };

/** Whether a manifest makes the External Secrets Operator write a key of a secret. */
function writes(
  { kind, metadata, spec }: Manifest,
  { name, key }: Manifest,
): boolean {
  return (
    kind === 'ExternalSecret' &&
    metadata.name === name &&
    spec.target.template.data[key] !== undefined
  );
}
