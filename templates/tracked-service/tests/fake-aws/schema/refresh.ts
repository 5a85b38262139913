/**
 * Writes `aws.json`: the part of the AWS provider's schema that the template's Terraform configurations use.
 *
 *   npm install --prefix "$(mktemp -d)" --ignore-scripts --legacy-peer-deps @cdktn/provider-aws@25.7.0
 *   npx tsx tests/fake-aws/schema/refresh.ts <that folder>/node_modules/@cdktn/provider-aws
 *
 * The package takes 476 MB on disk, therefore it is no dependency and the extract is committed (MPL-2.0, see NOTICE.md).
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildProviderSchema, buildTypeSchema } from './buildSchema';
import { completeGaps } from './completeGaps';
import type { Block, ProviderSchema } from './types';

const TEMPLATE = path.resolve(__dirname, '../../..');
const CONFIGURATIONS = ['compute', 'features', 'infra/terraform'];
const TARGET = path.join(__dirname, 'aws.json');

/** Types that only mistakes use, which the mutation run makes. */
const MISTAKES = [
  'aws_iam_role_policy_attachment',
  'aws_secretsmanager_secret_version',
];

/** The `resource` or `data` types that the configuration uses, sorted. */
async function usedTypes(kind: 'resource' | 'data'): Promise<string[]> {
  const found = new Set<string>(kind === 'resource' ? MISTAKES : []);
  const files = await Promise.all(
    CONFIGURATIONS.map(async folder => {
      const root = path.join(TEMPLATE, folder);
      const names = await readdir(root, { recursive: true });
      return names.map(name => path.join(root, name));
    }),
  );
  for (const file of files.flat().filter(name => name.endsWith('.tf'))) {
    const text = await readFile(file, 'utf8');
    for (const [, type] of text.matchAll(
      new RegExp(`^${kind} "(aws_\\w+)"`, 'gm'),
    )) {
      found.add(type);
    }
  }
  return [...found].sort();
}

async function readTypes(
  packageDir: string,
  kind: 'resource' | 'data',
): Promise<Record<string, Block>> {
  const blocks: Record<string, Block> = {};
  for (const type of await usedTypes(kind)) {
    const folder = type.replace(/^aws_/, '').replace(/_/g, '-');
    const file = path.join(
      packageDir,
      'lib',
      kind === 'data' ? `data-aws-${folder}` : folder,
      'index.js',
    );
    const block = buildTypeSchema(await readFile(file, 'utf8'), type);
    if (!block) throw new Error(`${file} does not define ${type}`);
    blocks[type] = completeGaps(type, block);
  }
  return blocks;
}

/** One line for each type, so that a refresh shows in a diff which types changed. */
function format(schema: ProviderSchema): string {
  const section = (blocks: Readonly<Record<string, Block>>) =>
    Object.entries(blocks)
      .map(
        ([type, block]) => `${JSON.stringify(type)}: ${JSON.stringify(block)}`,
      )
      .join(',\n');
  return [
    '{',
    `"source": ${JSON.stringify(schema.source)},`,
    `"provider": ${JSON.stringify(schema.provider)},`,
    `"resources": {\n${section(schema.resources)}\n},`,
    `"dataSources": {\n${section(schema.dataSources)}\n}`,
    '}',
    '',
  ].join('\n');
}

async function main(packageDir: string | undefined): Promise<void> {
  if (!packageDir) {
    throw new Error('Usage: refresh.ts <folder of @cdktn/provider-aws>');
  }
  const manifest = JSON.parse(
    await readFile(path.join(packageDir, 'package.json'), 'utf8'),
  );
  const schema: ProviderSchema = {
    source: {
      package: `${manifest.name}@${manifest.version}`,
      provider: `hashicorp/aws ${manifest.cdktn.provider.version}`,
      license: manifest.license,
    },
    provider: buildProviderSchema(
      await readFile(path.join(packageDir, 'lib/provider/index.js'), 'utf8'),
    ),
    resources: await readTypes(packageDir, 'resource'),
    dataSources: await readTypes(packageDir, 'data'),
  };
  await writeFile(TARGET, format(schema));
  process.stdout.write(
    `${TARGET}: ${Object.keys(schema.resources).length} resources, ${
      Object.keys(schema.dataSources).length
    } data sources of ${schema.source.provider}\n`,
  );
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
