import type { Manifest } from './Manifest';

/** A rule that the manifests of every service must follow. */
export interface Policy {
  /** Why: a control of the Pod Security Standards, or an address. */
  readonly source: string;
  /** How the manifests break the rule, in words; empty if they do not. */
  readonly find: (manifests: readonly Manifest[]) => readonly string[];
}
