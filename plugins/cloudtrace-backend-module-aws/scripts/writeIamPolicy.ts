import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeIamPolicy } from '../src/calls/iamPolicy';

const folder = resolve(process.cwd(), '../../docs/iam-policy');
mkdirSync(folder, { recursive: true });
writeFileSync(
  resolve(folder, 'cloudtrace-read.json'),
  `${JSON.stringify(makeIamPolicy(), null, 2)}\n`,
);
