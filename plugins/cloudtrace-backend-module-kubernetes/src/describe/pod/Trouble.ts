import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/** Why a pod is in its state. */
export interface Trouble {
  /** A code of the reasons of pods, e.g. `Pod.OOMKilled`. */
  code: string;
  /** The facts: names, exit codes, the cluster's own words. */
  detail?: string;
  /** When it began, if the cluster says so. */
  since?: Date;
}

/** The state of a pod as a target. */
export interface PodVerdict extends Partial<Trouble> {
  state: TargetState;
}
