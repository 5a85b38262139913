import {
  chmodSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { listFiles } from '../repository/answersFile';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createRenderLayersAction } from './renderLayers';

const directory = temporaryDirectory();
const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: { integrations: { github: [{ host: 'github.com' }] } },
  }),
);
const BRACES = 'run: ${{ github.sha }} {% if %}\n';
let count = 0;

function template(files: Record<string, string>): string {
  count += 1;
  return writeFiles(join(directory, `template-${count}`), files);
}

async function render(options: {
  root: string;
  layers?: Array<{ source: string; target: string }>;
  baseUrl?: string;
  readTree?: jest.Mock;
  targetPath?: string;
}): Promise<string> {
  count += 1;
  const workspacePath = join(directory, `workspace-${count}`);
  mkdirSync(workspacePath);
  await createRenderLayersAction({
    integrations,
    reader: mockServices.urlReader.mock({ readTree: options.readTree }),
  }).handler({
    ...createMockActionContext({
      workspacePath,
      input: {
        layers: options.layers ?? [
          { source: './base', target: '.' },
          { source: './infra/cdk', target: 'infra/cdk' },
        ],
        values: { name: 'orders', cache: false },
        targetPath: options.targetPath ?? '.',
      },
    }),
    templateInfo: {
      entityRef: 'template:default/example',
      baseUrl:
        options.baseUrl ??
        pathToFileURL(join(options.root, 'template.yaml')).href,
    },
  });
  return join(workspacePath, options.targetPath ?? '.');
}

const example = {
  'template.yaml': '',
  'base/README.md.njk':
    '# ${{ values.name }}{% if values.cache %} cached{% endif %}\n',
  'base/.github/workflows/ci.yml': BRACES,
  'base/scripts/dist/build.sh': '#!/bin/sh\n',
  'base/node_modules/x/package.json': '{}',
  'base/dist/index.js': '',
  'infra/cdk/cdk.json': '{}',
  'infra/cdk/cdk.out/tree.json': '{}',
};

describe('cloudtrace:layers:render', () => {
  it('renders templates, copies all other files with their mode, and skips build output', async () => {
    const root = template(example);
    chmodSync(join(root, 'base/scripts/dist/build.sh'), 0o755);
    const rendered = await render({ root });
    expect(await listFiles(rendered)).toEqual([
      '.github/workflows/ci.yml',
      'README.md',
      'infra/cdk/cdk.json',
      'scripts/dist/build.sh',
    ]);
    const read = (path: string) => readFileSync(join(rendered, path), 'utf8');
    expect(read('README.md')).toBe('# orders\n');
    expect(read('.github/workflows/ci.yml')).toBe(BRACES);
    const mode = (path: string) =>
      // eslint-disable-next-line no-bitwise
      statSync(join(rendered, path)).mode & 0o111;
    expect(mode('scripts/dist/build.sh')).toBe(0o111);
    expect(mode('README.md')).toBe(0);
  });

  it('downloads a remote template once, regardless of the number of layers', async () => {
    const root = template(example);
    const readTree = jest.fn(async () => ({
      dir: async (options?: { targetDir?: string }) => {
        writeFiles(options!.targetDir!, example);
        return options!.targetDir!;
      },
    }));
    const rendered = await render({
      root,
      baseUrl:
        'https://github.com/acme/portal/blob/main/templates/example/template.yaml',
      readTree,
      targetPath: 'rendered',
    });
    expect(readTree).toHaveBeenCalledTimes(1);
    expect(readTree).toHaveBeenCalledWith(
      'https://github.com/acme/portal/tree/main/templates/example/',
      expect.anything(),
    );
    expect(readFileSync(join(rendered, 'README.md'), 'utf8')).toBe(
      '# orders\n',
    );
  });

  it('rejects two layers with the same file, whichever of them is a template', async () => {
    const root = template({ 'a/README.md': '', 'b/README.md.njk': '' });
    const layers = ['./a', './b'].map(source => ({ source, target: '.' }));
    await expect(render({ root, layers })).rejects.toThrow(
      'README.md of the repository exists in both a/README.md and b/README.md.njk',
    );
  });

  it('names the template that cannot be rendered, and the reason', async () => {
    const root = template({
      'base/x.yaml.njk': 'a\n${{ values.name | nothing }}',
    });
    const layers = [{ source: './base', target: '.' }];
    await expect(render({ root, layers })).rejects.toThrow(
      /base\/x\.yaml\.njk of the template cannot be rendered; caused by.*nothing/,
    );
  });

  it.each([
    [
      'a folder that is not there',
      { source: './none', target: '.' },
      'none cannot be read',
    ],
    [
      'a folder outside of the template',
      { source: '../', target: '.' },
      'not allowed',
    ],
    [
      'a target outside of the workspace',
      { source: './base', target: '../..' },
      'not allowed',
    ],
  ])('rejects %s', async (_, layer, reason) => {
    await expect(
      render({ root: template(example), layers: [layer] }),
    ).rejects.toThrow(reason);
  });

  it('rejects links, which could lead out of the template', async () => {
    const root = template(example);
    symlinkSync('/etc/passwd', join(root, 'base/notes'));
    await expect(render({ root })).rejects.toThrow(
      'notes of the template is neither a file nor a folder',
    );
  });
});
