import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrderOfDependencies, publishTarballs } from './publishTarballs.mjs';
import { publishedPackages } from './publishedPackages.mjs';

test('publishes every package after its dependencies', () => {
  const packages = publishedPackages();
  const names = inOrderOfDependencies(packages).map(({ name }) => name);
  assert.equal(names.length, packages.length);
  for (const { name, dependencies = {} } of packages) {
    for (const dependency of Object.keys(dependencies)) {
      if (!names.includes(dependency)) continue;
      assert.ok(
        names.indexOf(dependency) < names.indexOf(name),
        `${dependency} before ${name}`,
      );
    }
  }
});

test('says how to make a tarball that is missing', async () => {
  await assert.rejects(
    publishTarballs([
      { name: '@acme/a', version: '1.0.0', tarball: '/missing/a.tgz' },
    ]),
    /\/missing\/a\.tgz is missing: run "npm run pack:all"/,
  );
});
