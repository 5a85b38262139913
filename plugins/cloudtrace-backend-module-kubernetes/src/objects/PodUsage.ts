import type {
  CodedMessage,
  FleetProblemCode,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What a pod uses and does, measured over a short time until `at`. */
export interface PodUsage {
  at: Date;
  /** In cores; absent if unknown, like all others. */
  cpu?: number;
  /** In bytes. */
  memory?: number;
  requestsPerSecond?: number;
  latencyMs?: number;
}

/** A figure of a pod. */
export type UsageFigure = Exclude<keyof PodUsage, 'at'>;

/** Why a call for usage failed. */
export interface UsageFailure {
  code: FleetProblemCode;
  /** In English, to tell failures apart. */
  message: string;
  /** What the source did, as the end of a sentence. */
  reason: CodedMessage;
  /** What to do; undefined for what the source suggests. */
  nextStep?: JudgementCode;
  status?: number;
  /** How long the source asks to wait. */
  retryAfterMs?: number;
}

/** Figures that could not be read, and why. */
export interface UnreadFigures {
  figures: readonly UsageFigure[];
  error: UsageFailure;
}

/** What the pods of a namespace use, as far as it is known. */
export interface NamespaceUsage {
  /** By the name of the pod. */
  pods: ReadonlyMap<string, PodUsage>;
  /** The figures that the source measures. */
  figures: readonly UsageFigure[];
  /** What could not be read now; empty if all could. */
  unread: readonly UnreadFigures[];
  /** Where it is read. */
  from: 'metrics-server' | 'prometheus';
}

/** How a source reads a round of namespaces. */
export interface UsageRound {
  /** Called for each namespace once, as soon as its usage is known. */
  publish(namespace: string, usage: NamespaceUsage): void;
  /** The longest time for one call. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** Reads what pods use. Never rejects: a failure is part of the result. */
export interface UsageSource {
  read(namespaces: readonly string[], round: UsageRound): Promise<void>;
}

/** Whether the cluster has nothing that measures pods, which is no failure. */
export function isUnmeasured({ unread, from }: NamespaceUsage): boolean {
  return (
    from === 'metrics-server' &&
    unread.some(({ error }) => error.code === 'not-enabled')
  );
}
