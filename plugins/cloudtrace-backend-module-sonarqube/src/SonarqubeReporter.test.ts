import { SonarqubeReporter } from './SonarqubeReporter';

const entity = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', annotations },
});

describe('SonarqubeReporter without an instance', () => {
  const reporter = new SonarqubeReporter({
    instances: [],
    store: { listPulls: async () => [] },
  });
  const report = (annotations: Record<string, string>) =>
    reporter.report({
      entityRef: 'component:default/shop',
      entity: entity(annotations),
    });

  it('reports it for entities that name a project, and nothing for others', async () => {
    expect(await report({ 'sonarqube.org/project-key': 'shop' })).toMatchObject(
      [{ status: 'off', message: 'The portal has no SonarQube configured' }],
    );
    expect(await report({})).toEqual([]);
  });
});
