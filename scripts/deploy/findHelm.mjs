import { spawnSync } from 'node:child_process';

/** The program `helm`: the one that HELM names, or the one in the PATH; undefined if there is none. */
export function findHelm() {
  const helm = process.env.HELM ?? 'helm';
  return spawnSync(helm, ['version', '--short']).status === 0
    ? helm
    : undefined;
}
