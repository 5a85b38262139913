import type { ClusterCallError } from '../client/ClusterCallError';

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

/** What the pods of a namespace use, as far as it is known. */
export interface NamespaceUsage {
  /** By the name of the pod. */
  pods: ReadonlyMap<string, PodUsage>;
  /** Why it could not be read now. */
  error?: ClusterCallError;
  /** Where it is read. */
  from: 'metrics-server' | 'prometheus';
}

/** Reads what pods use. Never rejects: a failure is part of the result. */
export interface UsageSource {
  /** Reads all namespaces once; the result has an entry for each. */
  read(
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, NamespaceUsage>>;
}

/** Whether the cluster has nothing that measures pods, which is no failure. */
export function isUnmeasured({ error, from }: NamespaceUsage): boolean {
  return from === 'metrics-server' && error?.code === 'not-enabled';
}
