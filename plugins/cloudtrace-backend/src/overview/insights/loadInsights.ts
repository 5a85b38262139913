import type {
  Health,
  JudgementCode,
  LoadDistribution,
  LoadFlag,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** Finds what stands out about the load of single instances. */
export function loadInsights(
  load: LoadDistribution,
  health: Health | undefined,
): FoundInsight[] {
  if (load.totals.requests === 0) {
    return [
      {
        kind: 'no-data',
        code: 'no-requests',
        severity: 'info',
        values: {},
        view: 'diagnostics',
      },
    ];
  }
  const { gone, healthy } = targetsById(health);
  return load.groups.flatMap(({ key, label, kind, flags }) =>
    flags.flatMap<FoundInsight>(flag => {
      const isPast = flag.until !== undefined || gone.has(key);
      const message = describeFlag(flag, {
        isPast,
        isHealthy: healthy.has(key),
        work: kind === 'consumer' ? '-messages' : '',
      });
      if (!message) return [];
      return [
        {
          kind: flag.kind,
          code: message.code,
          severity: message.severity,
          values: { group: label, ...message.values },
          at: flag.since,
          subject: key,
          figures: {
            ...(flag.value !== undefined && { value: flag.value }),
            ...(flag.reference !== undefined && { reference: flag.reference }),
          },
          view: 'load-distribution',
        },
      ];
    }),
  );
}

/**
 * Healthy instances, and instances that are gone according to the fleet, which
 * knows before requests drop.
 */
function targetsById(health: Health | undefined) {
  const targets = health?.groups.flatMap(group => group.targets) ?? [];
  const idsOf = (each: (typeof targets)[number]) => [
    each.targetId,
    ...(each.instanceId ? [each.instanceId] : []),
  ];
  // An instance may have several targets.
  const present = new Set(targets.filter(each => each.present).flatMap(idsOf));
  return {
    gone: new Set(targets.flatMap(idsOf).filter(id => !present.has(id))),
    healthy: new Set(
      targets
        .filter(each => each.present && each.state === 'healthy')
        .flatMap(idsOf),
    ),
  };
}

interface DescribedFlag {
  code: JudgementCode;
  severity: FoundInsight['severity'];
  values: Record<string, number>;
}

/** What a flag says about messages has its own code. */
type Work = '' | '-messages';

function describeFlag(
  flag: LoadFlag,
  of: { isPast: boolean; isHealthy: boolean; work: Work },
): DescribedFlag | undefined {
  const { kind, value = 0, reference } = flag;
  const { isPast, isHealthy, work } = of;
  const described = (
    code:
      | 'slow'
      | 'slow-alone'
      | `${'hot' | 'cold' | 'failing' | 'failing-alone'}${Work}`,
    values: Record<string, number>,
  ): DescribedFlag => ({
    code: isPast ? `${code}-past` : code,
    severity: isPast ? severityOfPast(flag) : flag.severity,
    values,
  });
  switch (kind) {
    case 'hot':
    case 'cold':
      return described(`${kind}${work}`, {
        share: value,
        fairShare: reference ?? 0,
      });
    case 'slow':
      return reference === undefined
        ? described('slow-alone', { ownMs: value })
        : described('slow', { ownMs: value, othersMs: reference });
    case 'failing':
      return reference === undefined
        ? described(`failing-alone${work}`, { ownRate: value })
        : described(`failing${work}`, {
            ownRate: value,
            othersRate: reference,
          });
    case 'silent':
      // An instance that is gone is expected to receive no requests.
      return isHealthy
        ? {
            code: work
              ? 'healthy-without-messages'
              : 'healthy-without-requests',
            severity: 'warning',
            values: {},
          }
        : undefined;
    default:
      return undefined;
  }
}

/** Past problems matter less than ongoing ones. */
function severityOfPast({ kind, severity }: LoadFlag): LoadFlag['severity'] {
  return kind === 'failing' && severity !== 'info' ? 'warning' : 'info';
}
