import type { Manifest } from './Manifest';
import type { Container } from './workloads';

/** A mistake that somebody could make in the manifests, and what is said about it. */
export interface Mistake {
  name: string;
  /** The repository and overlay in which it is made, by default the one with the most kinds of objects. */
  where?: string;
  make: (manifests: Manifest[]) => void;
  problem: RegExp;
}

/** A mistake in the specification of an object. */
export function inObject(
  kind: string,
  name: string,
  problem: RegExp,
  change: (spec: Container) => void,
): Mistake {
  return {
    name,
    problem,
    make: manifests =>
      change(manifests.find(manifest => manifest.kind === kind)!.spec),
  };
}
