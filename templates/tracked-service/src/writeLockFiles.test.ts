import { existsSync, readFileSync } from 'node:fs';
import { manifestOf, readLockedSets } from './writeLockFiles';

describe('the lock files', () => {
  const sets = readLockedSets();

  it('cover every combination of the parts with dependencies', () => {
    const ofTracker = sets.filter(
      ({ starter }) => starter === 'request-tracker',
    );
    expect(ofTracker).toHaveLength(2 ** 4);
    expect(ofTracker[0].parts).toEqual([
      'cache',
      'clients',
      'vault',
      'active-users',
    ]);
  });

  it.each(sets.map(set => [set.path.split('/locks/')[1], set] as const))(
    '%s has exactly the dependencies of its parts (after a change: yarn template:locks)',
    (_name, set) => {
      expect(existsSync(set.path)).toBe(true);
      const root = JSON.parse(readFileSync(set.path, 'utf8')).packages[''];
      const { dependencies, devDependencies } = manifestOf(set);
      expect(root.dependencies).toEqual(dependencies);
      expect(root.devDependencies).toEqual(devDependencies);
    },
  );
});
