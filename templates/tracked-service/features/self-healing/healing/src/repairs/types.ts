import type { DeclaredState } from '../declared/DeclaredState.js';

/** One thing that is not as declared, and how to restore it. */
export interface Difference {
  /** Name of the resource in AWS, such as `sg-0123` or an ARN. */
  readonly resource: string;
  /** The repair, as a command: `remove a rule of sg-0123`. At most 200 characters. */
  readonly action: string;
  readonly declared: string;
  readonly found: string;
  /** `undefined` for a resource that no longer exists: only a deployment creates it again. */
  readonly repair: (() => Promise<unknown>) | undefined;
}

/** The kinds of resources that are guarded. */
export type GuardedKind =
  | 'security-groups'
  | 'group'
  | 'listeners'
  | 'database';

/** Compares one kind of resource with the declared state. */
export interface Guard {
  readonly kind: GuardedKind;
  /** Reads AWS and changes nothing. */
  compare(declared: DeclaredState): Promise<Difference[]>;
}
