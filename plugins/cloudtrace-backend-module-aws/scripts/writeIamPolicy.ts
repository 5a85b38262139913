import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeFindingsPolicy, makeIamPolicy } from '../src/calls/iamPolicy';

const folder = resolve(process.cwd(), '../../docs/iam-policy');
mkdirSync(folder, { recursive: true });
const policies = {
  'cloudtrace-read.json': makeIamPolicy(),
  'cloudtrace-findings.json': makeFindingsPolicy(),
};
for (const [name, policy] of Object.entries(policies)) {
  writeFileSync(resolve(folder, name), `${JSON.stringify(policy, null, 2)}\n`);
}
