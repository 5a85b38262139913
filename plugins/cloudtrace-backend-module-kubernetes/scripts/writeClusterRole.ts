import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeClusterRole } from '../src/rbac/clusterRole';

const folder = resolve(process.cwd(), '../../docs/kubernetes');
mkdirSync(folder, { recursive: true });
writeFileSync(resolve(folder, 'cluster-role.yaml'), writeClusterRole());
