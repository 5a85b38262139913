#!/usr/bin/env node
// `npm run check:packages`: builds and packs the packages as a release does,
// and asks publint, "Are the types wrong?" and `npm publish --dry-run` about
// each tarball.
import { join } from 'node:path';
import { UserError } from './dev/UserError.mjs';
import { localDir } from './lib/paths.mjs';
import { lintTarball } from './pack/lintTarball.mjs';
import { packPackages } from './pack/packPackages.mjs';
import { publishTarballs } from './pack/publishTarballs.mjs';

async function main() {
  const packages = await packPackages(join(localDir, 'checked-packages'));
  const findings = [];
  for (const { name, tarball } of packages) {
    console.log(`Checking ${name} …`);
    for (const finding of await lintTarball(tarball)) {
      findings.push(`${name}: ${finding}`);
    }
  }
  if (findings.length) throw new UserError(findings.join('\n'));
  await publishTarballs(packages, { dryRun: true });
  console.log(`\n${packages.length} passed, 0 failed`);
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});
