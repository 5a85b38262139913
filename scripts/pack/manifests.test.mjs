import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rootDir } from '../lib/paths.mjs';
import { publishedPackages } from './publishedPackages.mjs';

const SITE = 'https://github.com/cloudtrace/cloudtrace';
const changesets = readdirSync(join(rootDir, '.changeset'))
  .filter(file => file.endsWith('.md') && file !== 'README.md')
  .map(file => readFileSync(join(rootDir, '.changeset', file), 'utf8'));

for (const { folder, directory, ...manifest } of publishedPackages()) {
  test(`the package.json of ${manifest.name} says what a registry shows`, () => {
    assert.equal(
      manifest.homepage,
      `${SITE}/tree/main/plugins/${folder}#readme`,
    );
    assert.deepEqual(manifest.bugs, { url: `${SITE}/issues` });
    assert.deepEqual(manifest.repository, {
      type: 'git',
      url: `git+${SITE}.git`,
      directory: `plugins/${folder}`,
    });
    assert.equal(manifest.license, 'Apache-2.0');
    assert.equal(manifest.publishConfig.access, 'public');
    assert.ok(manifest.description);
    assert.ok(manifest.keywords.includes('backstage'));
    assert.ok(manifest.keywords.length > 2);
  });

  test(`${manifest.name} names its entries and its files`, () => {
    // Tests of other packages import files of the backend, which `exports` would forbid.
    const exports = manifest.exports ?? manifest.publishConfig.exports;
    assert.ok(exports['.']);
    assert.equal(exports['./package.json'], './package.json');
    assert.ok(manifest.files.includes('dist'));
    assert.ok(manifest.files.includes('CHANGELOG.md'));
  });

  test(`${manifest.name} has a README that reads well on a registry`, () => {
    const readme = readFileSync(join(directory, 'README.md'), 'utf8');
    assert.match(readme, /^# \S/);
    // A registry resolves no link to a file outside the package.
    assert.deepEqual(
      [...readme.matchAll(/\]\((\.\.[^)]*)\)/g)].map(([, link]) => link),
      [],
    );
  });

  test(`${manifest.name} has a CHANGELOG, or a changeset for its first release`, () => {
    assert.ok(
      existsSync(join(directory, 'CHANGELOG.md')) ||
        changesets.some(text => text.includes(`'${manifest.name}':`)),
      `Run "yarn changeset" and choose ${manifest.name}.`,
    );
  });
}
