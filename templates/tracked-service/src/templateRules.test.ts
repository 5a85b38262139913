import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateDirectory } from './paths';
import { readTemplateFiles } from './templateFiles';

const MAX_INTERPOLATIONS = 5;

const templates = readTemplateFiles()
  .map(({ path }) => path)
  .filter(path => path.endsWith('.njk'));

describe('the rules of templated files', () => {
  it.each(templates)(
    '%s has at most five interpolations and no nested if',
    path => {
      const text = readFileSync(join(templateDirectory, path), 'utf8');
      expect(text.match(/\$\{\{/g)?.length ?? 0).toBeLessThanOrEqual(
        MAX_INTERPOLATIONS,
      );
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
  it('have no installed packages in the template, which every created service would be made from', () => {
    const installed = readTemplateFiles().filter(({ path }) =>
      /(?:^|\/)(?:node_modules|cdk\.out|\.terraform)\//.test(path),
    );
    expect(installed).toEqual([]);
  });
});
