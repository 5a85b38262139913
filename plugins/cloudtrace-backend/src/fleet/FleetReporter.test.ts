import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { FleetFreshness } from './FleetFreshness';
import { FleetReporter } from './FleetReporter';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
};
const scope = {
  entityRef: 'component:default/orders',
  environment: 'default',
  entity,
};

it('shows what a source does not have, but does not call it a problem', async () => {
  const problem = {
    provider: 'harbour',
    entity_ref: null,
    code: 'not-measured',
    message: 'There is no metrics-server',
    at: new Date(),
  };
  const providers: FleetProvider[] = [
    { id: 'harbour', title: 'Harbour', locate: jest.fn(), collect: jest.fn() },
  ];
  const reportWith = async (...rows: object[]) => {
    const raw = async (sql: string) => ({
      rows: sql.includes('fleet_problems') ? rows : [],
    });
    const reporter = new FleetReporter({
      knex: { raw } as unknown as Knex,
      providers,
      freshness: new FleetFreshness({ providers, gapMs: 1 }),
    });
    return (await reporter.report(scope))[0];
  };
  expect(await reportWith(problem)).toMatchObject({
    status: 'waiting',
    problems: [{ code: 'not-measured' }],
  });
  const failure = { ...problem, code: 'timeout', message: 'It hangs' };
  expect(await reportWith(problem, failure)).toMatchObject({
    status: 'problem',
    message: 'It hangs',
  });
});

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
  const [source] = await reporter.report(scope);

  expect(source).toMatchObject({
    id: 'fleet:harbour',
    status: 'off',
    message: 'Kubernetes is not configured',
    coded: { message: texts.coded!.message },
    problems: [{ code: 'account-not-configured', ...texts }],
  });
});
