import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * The load of a service with an API and workers: requests are even, messages
 * are not. The first instance does both.
 */
export function loadOfKinds(load: LoadDistribution): LoadDistribution {
  const [first, second, third] = load.groups;
  const balanceOf = (
    verdict: 'even' | 'uneven',
    [busiest, idlest]: [string, number][],
  ) => ({
    groups: 2,
    verdict,
    jainIndex: 0.99,
    maxToMean: 1.1,
    busiest: shareOf(...busiest),
    idlest: shareOf(...idlest),
  });
  const shareOf = (key: string, share: number) => ({
    ...{ key, label: key, share, fairShare: 0.5 },
  });
  const requests = balanceOf('even', [
    [first.key, 0.51],
    [second.key, 0.49],
  ]);
  const messages = balanceOf('uneven', [
    [third.key, 0.8],
    [first.key, 0.2],
  ]);
  const server = { ...{ kind: 'server' as const, flags: [], fairShare: 0.5 } };
  const hot = {
    ...{ kind: 'hot' as const, severity: 'warning' as const },
    ...{ value: 0.8, reference: 0.5, unit: '1' as const },
  };
  const consumer = { ...server, kind: 'consumer' as const };
  return {
    ...load,
    balance: messages,
    kinds: [
      {
        kind: 'server',
        requests: 900,
        errors: 0,
        groupsTotal: 2,
        balance: requests,
      },
      {
        kind: 'consumer',
        requests: 100,
        errors: 0,
        groupsTotal: 2,
        balance: messages,
      },
    ],
    groups: [
      { ...third, ...consumer, share: 0.8, flags: [hot] },
      { ...first, ...server, share: 0.51 },
      { ...second, ...server, share: 0.49 },
      { ...first, ...consumer, share: 0.2 },
    ],
    groupsTotal: 4,
  };
}
