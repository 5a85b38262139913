import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateDirectory } from './paths';
import { readTemplateFiles } from './templateFiles';

/** Of different values: one that is repeated is no more to understand. */
const MAX_INTERPOLATED_VALUES = 5;

const templates = readTemplateFiles()
  .map(({ path }) => path)
  .filter(path => path.endsWith('.njk'));

describe('the rules of templated files', () => {
  it.each(templates)(
    '%s has at most five different interpolated values and no nested if',
    path => {
      // What is raw belongs to the generated file, such as the expressions of a workflow.
      const text = readFileSync(join(templateDirectory, path), 'utf8').replace(
        /\{% raw %\}[^]*?\{% endraw %\}/g,
        '',
      );
      const values = [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, value]) =>
        value.trim(),
      );
      expect(new Set(values).size).toBeLessThanOrEqual(MAX_INTERPOLATED_VALUES);
      let depth = 0;
      let deepest = 0;
      for (const [, word] of text.matchAll(/\{%-?\s*(if|endif)\b/g)) {
        depth += word === 'if' ? 1 : -1;
        deepest = Math.max(deepest, depth);
      }
      expect(depth).toBe(0);
      expect(deepest).toBeLessThanOrEqual(1);
    },
  );
});

describe('the infrastructure apps', () => {
  it('have no installed packages in the template, which would be copied to every created service', () => {
    const installed = readTemplateFiles().filter(({ path }) =>
      /(?:^|\/)(?:node_modules|cdk\.out|\.terraform)\//.test(path),
    );
    expect(installed).toEqual([]);
  });
});

describe('the advisory locks', () => {
  const locks = readTemplateFiles().flatMap(({ path, base64Content }) =>
    [
      ...Buffer.from(base64Content, 'base64')
        .toString('utf8')
        .matchAll(/\block_?key\s*=\s*([\d_]+)/gi),
    ].map(([, key]) => ({ path, key: Number(key.replaceAll('_', '')) })),
  );
  const ofCore = locks.filter(({ path }) => path.startsWith('core/'));

  it.each(['request-tracker', 'storefront', 'notifications'])(
    'of core and %s have different keys',
    starter => {
      const keys = [
        ...ofCore,
        ...locks.filter(({ path }) => path.startsWith(`starters/${starter}/`)),
      ].map(({ key }) => key);
      expect(keys.length).toBeGreaterThan(0);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );
});

describe('the versions', () => {
  it('of PostgreSQL are the same in development, in the pipeline and in the cloud', () => {
    const found = readTemplateFiles().flatMap(({ path, base64Content }) =>
      [
        ...Buffer.from(base64Content, 'base64')
          .toString('utf8')
          .matchAll(
            /\bpostgres:(\d+)\S*@|PostgresEngineVersion\.VER_(\d+)\b|^\s*engine_version\s*= "(1\d)"/gm,
          ),
      ].map(([, image, cdk, terraform]) => ({
        path,
        version: image ?? cdk ?? terraform,
      })),
    );
    expect(new Set(found.map(({ version }) => version))).toEqual(
      new Set(['17']),
    );
    expect(new Set(found.map(({ path }) => path))).toEqual(
      new Set([
        'core/docker-compose.yml',
        'core/scripts/ci/tools.env',
        'ci/bitbucket/bitbucket-pipelines.yml.njk',
        'ci/github/.github/workflows/ci.yml',
        'infra/cdk/lib/Database.ts',
        'infra/terraform/modules/database/main.tf',
      ]),
    );
  });
});
