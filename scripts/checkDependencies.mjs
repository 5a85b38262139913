#!/usr/bin/env node
// `yarn check:dependencies`: writes the bill of materials of every published
// package into dist-sbom/, checks the licences in it, and asks the registry for
// known vulnerabilities.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './dependencies/audit.mjs';
import { findLicenceProblems } from './dependencies/findLicenceProblems.mjs';
import { writeSbom } from './dependencies/writeSbom.mjs';
import { UserError } from './dev/UserError.mjs';
import { rootDir } from './lib/paths.mjs';
import { publishedPackages } from './pack/publishedPackages.mjs';

async function main() {
  const outDir = join(rootDir, 'dist-sbom');
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir);
  const problems = new Set();
  for (const item of publishedPackages()) {
    const sbom = await writeSbom(item, outDir);
    console.log(
      `dist-sbom/${item.folder}.cdx.json: ${sbom.components.length} components`,
    );
    for (const problem of findLicenceProblems(sbom)) problems.add(problem);
  }
  for (const problem of problems) console.error(`Licence: ${problem}`);
  const { problems: vulnerable, unavailable } = await audit();
  for (const problem of vulnerable) console.error(`Vulnerable: ${problem}`);
  if (unavailable) {
    console.log(`SKIPPED the audit: the registry said "${unavailable}".`);
  }
  if (problems.size + vulnerable.length > 0) {
    throw new UserError(
      `${problems.size} licences that scripts/dependencies does not allow, ${vulnerable.length} vulnerable packages.`,
    );
  }
  console.log(`\n${unavailable ? 1 : 2} passed, 0 failed`);
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});
