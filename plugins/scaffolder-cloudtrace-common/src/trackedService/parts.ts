import type { TemplatePart } from '../types';
import { startersWithNeed } from './starters';

/**
 * Optional infrastructure. Each part has its files in `features/<folder>/infra`:
 * for Terraform `<name>.tf`, for the CDK `lib/parts/<name>.ts`, and what they
 * need.
 */
export const parts: readonly TemplatePart[] = [
  {
    name: 'waf',
    when: { waf: [true] },
    hooks: [],
  },
  {
    name: 'signin',
    when: { signIn: [true] },
    hooks: ['environment', 'rules'],
  },
  {
    name: 'cache',
    when: { cache: ['valkey'] },
    hooks: ['environment', 'alarms', 'rules'],
  },
  {
    name: 'clients',
    when: { clients: ['fargate'] },
    hooks: ['alarms', 'rules'],
  },
  {
    name: 'broker',
    when: { starter: startersWithNeed('broker') },
    hooks: ['environment', 'permissions', 'alarms', 'rules'],
  },
  {
    name: 'redis',
    when: { starter: startersWithNeed('broker') },
    hooks: ['environment', 'permissions', 'alarms', 'rules'],
  },
  {
    name: 'worker',
    when: { starter: startersWithNeed('broker') },
    hooks: ['alarms'],
  },
  {
    // The last: it restores the rules of all others.
    name: 'healing',
    folder: 'self-healing',
    when: { selfHealing: [true] },
    hooks: ['alarms'],
  },
];
