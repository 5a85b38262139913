import {
  groupBy,
  wordTexts,
  type CodedMessage,
  type FleetProblem,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { watchCalls } from '../calls/watchCalls';
import type { UnreadKind } from '../clusters/WatchedCluster';
import type { WatchedKind } from '../objects/types';
import { listCodes } from './listCodes';

/** Kinds that a message lists by name; a permission lists all of them. */
const MAX_NAMED = 3;

/** What of a workload is unknown without some kinds. */
export interface UnknownParts {
  workload: string;
  /** Names what is read from each kind. */
  parts: ReadonlyMap<WatchedKind, readonly JudgementCode[]>;
}

/** Words why kinds of a cluster cannot be read: one problem for each reason. */
export function explainUnread(
  cluster: string,
  kinds: readonly UnreadKind[],
  unknown?: UnknownParts,
): FleetProblem[] {
  const byReason = groupBy(kinds, ({ error, hasData }) =>
    [error?.code, error?.message, hasData].join('/'),
  );
  return [...byReason.values()].map(same =>
    explainReason(cluster, same, unknown),
  );
}

function explainReason(
  cluster: string,
  kinds: readonly UnreadKind[],
  unknown: UnknownParts | undefined,
): FleetProblem {
  const [{ error }] = kinds;
  const resources = kinds.map(({ kind }) => resourceOf(kind));
  const message = withEffect(
    stateOf(cluster, kinds, resources),
    kinds,
    unknown,
  );
  return {
    code: error?.code ?? 'unavailable',
    ...wordTexts({
      message,
      nextStep: { code: nextStepOf(kinds), values: {} },
    }),
    ...(error?.code === 'access-denied' && {
      missingPermission: `list, watch ${resources.join(', ')}`,
    }),
  };
}

function stateOf(
  cluster: string,
  [{ error }]: readonly UnreadKind[],
  resources: readonly string[],
): CodedMessage {
  if (error?.code === 'access-denied') {
    return {
      code: 'kubernetes-denied',
      values: { cluster, kinds: resources.join(', ') },
    };
  }
  const kinds = shorten(resources);
  return error
    ? {
        code: 'kubernetes-unread',
        values: { cluster, kinds, reason: error.reason },
      }
    : { code: 'kubernetes-first-read', values: { cluster, kinds } };
}

/** Adds what the reader sees meanwhile. */
function withEffect(
  state: CodedMessage,
  kinds: readonly UnreadKind[],
  unknown: UnknownParts | undefined,
): CodedMessage {
  if (kinds[0].hasData) {
    return { code: 'kubernetes-state-old', values: { state } };
  }
  if (!unknown) return state;
  const parts = kinds.flatMap(({ kind }) => unknown.parts.get(kind) ?? []);
  const listed = listCodes([...new Set(parts)]);
  return listed
    ? {
        code: 'kubernetes-state-unknown',
        values: { state, parts: listed, name: unknown.workload },
      }
    : state;
}

function nextStepOf([{ error }]: readonly UnreadKind[]): JudgementCode {
  if (!error) return 'kubernetes-first-read-next';
  return error.nextStep ?? `kubernetes-${error.code}-next`;
}

function shorten(names: readonly string[]): string | CodedMessage {
  const kinds = names.slice(0, MAX_NAMED).join(', ');
  const more = names.length - MAX_NAMED;
  return more > 0
    ? { code: 'kubernetes-kinds', values: { kinds, more } }
    : kinds;
}

/** A kind as RBAC names it, e.g. `deployments.apps`. */
function resourceOf(kind: WatchedKind): string {
  const { group } = watchCalls.find(call => call.kind === kind)!;
  return group ? `${kind}.${group}` : kind;
}
