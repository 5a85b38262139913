import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { exampleOptions } from '../testUtils/exampleOptions';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createOptionsAction } from './options';

const directory = writeFiles(temporaryDirectory(), {
  'options.generated.json': JSON.stringify(exampleOptions),
});
const repositories = join(directory, 'repositories');

function entityAt(location: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'orders',
      annotations: { [ANNOTATION_LOCATION]: location },
    },
  };
}

async function run(
  answers: Record<string, unknown>,
  options: { entities?: Entity[]; update?: boolean } = {},
) {
  const config = mockServices.rootConfig({
    data: {
      app: { baseUrl: 'https://portal.example.com' },
      cloudtrace: { scaffolder: { localRepositories: repositories } },
      integrations: {
        github: [{ host: 'github.com' }],
        bitbucketCloud: [{ username: 'u', appPassword: 'p' }],
      },
    },
  });
  const action = createOptionsAction({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: options.entities ?? [] }),
    config,
    discovery: mockServices.discovery(),
    integrations: ScmIntegrations.fromConfig(config),
    reader: mockServices.urlReader.mock(),
  });
  const context = {
    ...createMockActionContext(),
    input: {
      answers,
      optionsUrl: './options.generated.json',
      update: options.update ?? false,
    },
    createTemporaryDirectory: async () => mkdtempSync(join(directory, 'tmp-')),
    templateInfo: {
      entityRef: 'template:default/example',
      baseUrl: pathToFileURL(`${directory}/template.yaml`).href,
    },
  };
  await action.handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls) as Record<
    string,
    any
  >;
}

describe('cloudtrace:options', () => {
  it('turns answers into values, layers and the entity', async () => {
    const output = await run({ name: 'orders' });
    expect(output.entityRef).toBe('component:default/orders');
    expect(output.layers).toEqual([{ source: './base', target: '.' }]);
    expect(output.answers).toMatchObject({ iac: 'terraform', start: true });
    expect(output.values).toMatchObject({
      name: 'orders',
      letters: ['a', 'b'],
      portalUrl: 'https://portal.example.com',
      repositoryUrl: '',
      repositorySlug: '',
      templateVersion: '1.2.3',
    });
  });

  it('describes a repository at a host', async () => {
    const { values } = await run({
      name: 'orders',
      publish: 'github',
      repoUrl: 'github.com?owner=acme&repo=orders',
    });
    expect(values).toMatchObject({
      repositoryUrl: 'https://github.com/acme/orders',
      repositorySlug: 'acme/orders',
    });
  });

  it('rejects invalid answers with every reason', async () => {
    await expect(run({ name: '../etc', iac: 'pulumi' })).rejects.toThrow(
      'name must be lower-case letters, digits and hyphens; iac must be one of terraform, cdk',
    );
  });

  it.each([
    ['bitbucket.org?workspace=a&project=p&repo=b', 'not a github host'],
    ['git.example.com?owner=a&repo=b', 'git.example.com'],
    ['github.com?owner=..&repo=b', 'must contain an owner and a repository'],
    [
      'github.com?owner=a&repo=b%2F..%2Fc',
      'must contain an owner and a repository',
    ],
  ])('rejects the repository %s', async (repoUrl, reason) => {
    await expect(
      run({ name: 'orders', publish: 'github', repoUrl }),
    ).rejects.toThrow(reason);
  });

  it('rejects a name that another repository uses, but not a second run of the same', async () => {
    const other = entityAt('url:https://github.com/acme/orders/tree/main/');
    await expect(
      run({ name: 'orders' }, { entities: [other] }),
    ).rejects.toThrow('component:default/orders is already in the catalog');
    await expect(
      run({ name: 'orders' }, { entities: [other], update: true }),
    ).resolves.toBeDefined();
    const same = entityAt(`file:${repositories}/orders/catalog-info.yaml`);
    await expect(
      run({ name: 'orders' }, { entities: [same] }),
    ).resolves.toBeDefined();
    const longer = entityAt(
      `file:${repositories}/orders-old/catalog-info.yaml`,
    );
    await expect(
      run({ name: 'orders' }, { entities: [longer] }),
    ).rejects.toThrow('choose another name');
  });
});
