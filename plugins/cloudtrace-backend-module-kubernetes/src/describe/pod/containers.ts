import type { WatchedObject } from '../../objects/types';
import {
  countAt,
  fieldAt,
  listAt,
  numberAt,
  shortenName,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import { wordExitCode } from './exitCode';

/** One end of a container's process, without its message, see `prune`. */
export interface ContainerEnd {
  exitCode?: number;
  signal?: number;
  reason?: string;
  at?: Date;
}

/** A container of a pod, as its status says. */
export interface Container {
  name: string;
  /** An init container that must end before the others start. */
  isInit: boolean;
  waiting?: { reason: string; message?: string };
  runningSince?: Date;
  isReady?: boolean;
  restarts: number;
  /** The end of the process, if it does not run now. */
  ended?: ContainerEnd;
  /** The end of the process before it was restarted. */
  endedBefore?: ContainerEnd;
  memoryLimit?: string;
}

/** Reads the containers of a pod, init containers first. */
export function containersOf(pod: WatchedObject): Container[] {
  const read = (kind: 'init' | '') =>
    listAt(pod, 'status', kind ? 'initContainerStatuses' : 'containerStatuses')
      .map(status => readContainer(pod, status, kind === 'init'))
      .filter((each): each is Container => each !== undefined);
  return [...read('init'), ...read('')];
}

function readContainer(
  pod: WatchedObject,
  status: unknown,
  isInitList: boolean,
): Container | undefined {
  const fullName = textAt(status, 'name');
  if (!fullName) return undefined;
  const spec = specOf(pod, fullName, isInitList);
  const reason = textAt(status, 'state', 'waiting', 'reason');
  const ready = fieldAt(status, 'ready');
  return {
    name: shortenName(fullName),
    // A sidecar is an init container that keeps running.
    isInit: isInitList && textAt(spec, 'restartPolicy') !== 'Always',
    waiting: reason
      ? {
          reason,
          message: textAt(status, 'state', 'waiting', 'message'),
        }
      : undefined,
    runningSince: timeAt(status, 'state', 'running', 'startedAt'),
    isReady: typeof ready === 'boolean' ? ready : undefined,
    restarts: countAt(status, 'restartCount') ?? 0,
    ended: readEnd(fieldAt(status, 'state', 'terminated')),
    endedBefore: readEnd(fieldAt(status, 'lastState', 'terminated')),
    memoryLimit:
      textAt(status, 'resources', 'limits', 'memory') ??
      textAt(spec, 'resources', 'limits', 'memory'),
  };
}

function specOf(pod: WatchedObject, name: string, isInit: boolean): unknown {
  return listAt(pod, 'spec', isInit ? 'initContainers' : 'containers').find(
    spec => textAt(spec, 'name') === name,
  );
}

function readEnd(terminated: unknown): ContainerEnd | undefined {
  if (typeof terminated !== 'object' || terminated === null) return undefined;
  return {
    exitCode: numberAt(terminated, 'exitCode'),
    signal: numberAt(terminated, 'signal'),
    reason: textAt(terminated, 'reason'),
    at: timeAt(terminated, 'finishedAt'),
  };
}

/** Whether the kernel killed the process for its memory (pkg/kubelet/container). */
export function isOutOfMemory(end: ContainerEnd | undefined): boolean {
  return end?.reason === 'OOMKilled';
}

/** Reasons that say no more than the exit code. */
const PLAIN_ENDS: ReadonlySet<string> = new Set(['Completed', 'Error']);

/** The facts about an end and the number of restarts, e.g. `app: exit code 1, restarted 7 times`. */
export function wordEnd(container: Container, end: ContainerEnd): string {
  const facts = [
    // The code of the trouble says that the memory ran out.
    ...(isOutOfMemory(end) ? [] : wordReason(end)),
    ...factsOfEnd(container, end),
    ...wordRestarts(container.restarts),
  ];
  return `${container.name}: ${facts.join(', ')}`;
}

/** Why a container was restarted, e.g. `OOMKilled, limit 256Mi, exit code 137 (SIGKILL)`. */
export function wordRestart(container: Container, end: ContainerEnd): string {
  return [...wordReason(end), ...factsOfEnd(container, end)].join(', ');
}

function wordReason({ reason }: ContainerEnd): string[] {
  return reason && !PLAIN_ENDS.has(reason) ? [shortenText(reason)] : [];
}

function factsOfEnd(container: Container, end: ContainerEnd): string[] {
  return [
    ...(isOutOfMemory(end) ? [wordLimit(container)] : []),
    end.exitCode === undefined
      ? 'exit code unknown'
      : wordExitCode(end.exitCode, end.signal),
  ];
}

function wordLimit({ memoryLimit }: Container): string {
  return memoryLimit
    ? `limit ${shortenText(memoryLimit)}`
    : 'no memory limit of its own';
}

function wordRestarts(restarts: number): string[] {
  if (restarts === 0) return [];
  return [restarts === 1 ? 'restarted once' : `restarted ${restarts} times`];
}
