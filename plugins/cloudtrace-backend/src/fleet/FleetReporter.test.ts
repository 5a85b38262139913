import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { FleetFreshness } from './FleetFreshness';
import { FleetReporter } from './FleetReporter';

it('shows a provider that is not configured as off, with the next step', async () => {
  const texts = wordTexts({
    message: { code: 'kubernetes-not-configured', values: {} },
    nextStep: { code: 'kubernetes-not-configured-next', values: {} },
  });
  const providers: FleetProvider[] = [
    {
      id: 'harbour',
      title: 'Harbour',
      notConfigured: texts,
      locate: jest.fn(),
      collect: jest.fn(),
    },
  ];
  const reporter = new FleetReporter({
    knex: { raw: async () => ({ rows: [] }) } as unknown as Knex,
    providers,
    freshness: new FleetFreshness({ providers, gapMs: 1 }),
  });
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders' },
  };
  const [source] = await reporter.report({
    entityRef: 'component:default/orders',
    environment: 'default',
    entity,
  });

  expect(source).toMatchObject({
    id: 'fleet:harbour',
    status: 'off',
    message: 'Kubernetes is not configured',
    coded: { message: texts.coded!.message },
    problems: [{ code: 'account-not-configured', ...texts }],
  });
});
