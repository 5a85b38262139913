import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  toPlainTemplate,
  type SynthesizedTemplate,
} from '../lib/cloudformation/toPlainTemplate.ts';

// npm run cfn -- <environment> <image>: writes cloudformation/<environment>.template.json.
const root = path.join(import.meta.dirname, '..');
const [environment, image] = process.argv.slice(2);
if (!environment || !image) {
  console.error('Usage: npm run cfn -- <environment> <image>');
  process.exit(2);
}

execFileSync(
  path.join(root, 'node_modules/.bin/cdk'),
  [
    'synth',
    '--quiet',
    '--context',
    `environment=${environment}`,
    '--context',
    `image=${image}`,
  ],
  { cwd: root, stdio: 'inherit' },
);
const synthesized = JSON.parse(
  readFileSync(path.join(root, 'cdk.out/Service.template.json'), 'utf8'),
) as SynthesizedTemplate;

const target = path.join(root, 'cloudformation', `${environment}.template.json`);
mkdirSync(path.dirname(target), { recursive: true });
writeFileSync(
  target,
  `${JSON.stringify(toPlainTemplate(synthesized), null, 1)}\n`,
);
console.log(path.relative(process.cwd(), target));
