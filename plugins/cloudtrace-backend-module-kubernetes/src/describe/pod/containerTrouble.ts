import { shortenText } from '../fields';
import {
  isOutOfMemory,
  wordEnd,
  type Container,
  type ContainerEnd,
} from './containers';
import type { Trouble } from './Trouble';

/**
 * Reasons why a container waits: pkg/kubelet/images/types.go,
 * pkg/kubelet/container/sync_result.go,
 * pkg/kubelet/kuberuntime/kuberuntime_container.go and cri-api/pkg/errors.
 */
const CODE_OF_WAIT: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'Pod.CrashLoopBackOff',
  // The kubelet alternates between the two.
  ErrImagePull: 'Pod.ImagePullBackOff',
  ImagePullBackOff: 'Pod.ImagePullBackOff',
  RegistryUnavailable: 'Pod.ImagePullBackOff',
  InvalidImageName: 'Pod.InvalidImageName',
  ErrImageNeverPull: 'Pod.ErrImageNeverPull',
  ImageInspectError: 'Pod.ImageRejected',
  SignatureValidationFailed: 'Pod.ImageRejected',
  CreateContainerConfigError: 'Pod.CreateContainerConfigError',
  CreateContainerError: 'Pod.CreateContainerError',
  RunContainerError: 'Pod.CreateContainerError',
  PreCreateHookError: 'Pod.CreateContainerError',
  PreStartHookError: 'Pod.CreateContainerError',
  PostStartHookError: 'Pod.CreateContainerError',
};

/** Waits that every pod passes through. */
const STARTING: ReadonlySet<string> = new Set([
  'ContainerCreating',
  'PodInitializing',
]);

/** The worst that the containers of a pod report; absent if they only start or run. */
export function containerTrouble(
  containers: readonly Container[],
): Trouble | undefined {
  const troubles = containers.flatMap(each => troubleOf(each) ?? []);
  // The kernel's verdict explains the others; otherwise the first one is the
  // cause, because init containers come first.
  return troubles.find(({ code }) => code === 'Pod.OOMKilled') ?? troubles[0];
}

function troubleOf(container: Container): Trouble | undefined {
  const { waiting, ended, endedBefore, isInit } = container;
  if (waiting && !STARTING.has(waiting.reason)) {
    return waitTrouble(container, waiting);
  }
  if (ended && !(isInit && ended.exitCode === 0)) {
    return endTrouble(container, ended);
  }
  const isBack = container.isReady || waiting;
  return !isBack && isOutOfMemory(endedBefore)
    ? endTrouble(container, endedBefore!)
    : undefined;
}

function waitTrouble(
  container: Container,
  waiting: NonNullable<Container['waiting']>,
): Trouble {
  const { endedBefore } = container;
  if (waiting.reason === 'CrashLoopBackOff' && endedBefore) {
    return { ...endTrouble(container, endedBefore), since: endedBefore.at };
  }
  const code = Object.hasOwn(CODE_OF_WAIT, waiting.reason)
    ? CODE_OF_WAIT[waiting.reason]
    : 'Pod.NotReadyOther';
  const known = code !== 'Pod.NotReadyOther';
  const words = [known ? undefined : waiting.reason, waiting.message]
    .filter(Boolean)
    .join(' – ');
  return {
    code,
    detail: shortenText(words ? `${container.name}: ${words}` : container.name),
  };
}

function endTrouble(container: Container, end: ContainerEnd): Trouble {
  return {
    code: codeOfEnd(container, end),
    detail: wordEnd(container, end),
    since: end.at,
  };
}

function codeOfEnd(container: Container, end: ContainerEnd): string {
  if (isOutOfMemory(end)) return 'Pod.OOMKilled';
  if (container.isInit) return 'Pod.InitContainerFailed';
  const loops = container.waiting?.reason === 'CrashLoopBackOff';
  return loops ? 'Pod.CrashLoopBackOff' : 'Pod.ContainerExited';
}
