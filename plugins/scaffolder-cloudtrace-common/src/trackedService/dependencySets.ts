import type { OptionConditions } from '../types';

/**
 * A set of npm dependencies that a repository can have, and the answers that
 * lead to it.
 */
export interface DependencySet {
  /** Folder of its lock file, such as `cache+vault`; `core` for none of the parts. */
  name: string;
  when: OptionConditions;
}

/** Parts with dependencies of their own: the answers with and without them. */
const PARTS: Record<string, { on: OptionConditions; off: OptionConditions }> = {
  cache: { on: { cache: ['valkey'] }, off: { cache: ['none'] } },
  clients: { on: { clients: ['fargate'] }, off: { clients: ['none'] } },
  vault: { on: { secrets: ['vault'] }, off: { secrets: ['secrets-manager'] } },
  'active-users': {
    on: { scaling: ['active-users'] },
    off: { scaling: ['step-cpu', 'target-tracking'] },
  },
};

/** Every set of dependencies, once. */
export function dependencySets(
  parts: string[] = Object.keys(PARTS),
): DependencySet[] {
  return parts.reduce<DependencySet[]>(
    (sets, part) =>
      sets.flatMap(({ name, when }) => [
        { name, when: { ...when, ...PARTS[part].off } },
        {
          name: name === 'core' ? part : `${name}+${part}`,
          when: { ...when, ...PARTS[part].on },
        },
      ]),
    [{ name: 'core', when: {} }],
  );
}
