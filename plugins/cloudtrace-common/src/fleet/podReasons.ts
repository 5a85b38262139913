import type { JudgementCode } from '../judgement/messages';

/**
 * Why a pod does not serve, by reason code. The part after the dot is the word
 * that Kubernetes itself uses, where it has one. The reason of such a target
 * carries the facts, such as the exit code, and becomes part of the summary.
 */
export const podReasons: Readonly<Record<string, JudgementCode>> = {
  'Pod.CrashLoopBackOff': 'pod-crash-loop',
  'Pod.ContainerExited': 'pod-container-exited',
  'Pod.OOMKilled': 'pod-out-of-memory',
  'Pod.ImagePullBackOff': 'pod-image-pull',
  'Pod.InvalidImageName': 'pod-image-name',
  'Pod.ErrImageNeverPull': 'pod-image-never-pull',
  'Pod.ImageRejected': 'pod-image-rejected',
  'Pod.CreateContainerConfigError': 'pod-container-config',
  'Pod.CreateContainerError': 'pod-container-start',
  'Pod.FailedMount': 'pod-volume',
  'Pod.FailedCreatePodSandBox': 'pod-sandbox',
  'Pod.InitContainerFailed': 'pod-init-container',
  'Pod.ReadinessProbeFailed': 'pod-readiness-probe',
  'Pod.LivenessProbeFailed': 'pod-liveness-probe',
  'Pod.StartupProbeFailed': 'pod-startup-probe',
  'Pod.ReadinessGatesNotReady': 'pod-readiness-gate',
  'Pod.NotReady': 'pod-not-ready',
  'Pod.NotReadyOther': 'pod-not-ready-other',
  'Pod.Unschedulable': 'pod-unschedulable',
  'Pod.SchedulingGated': 'pod-scheduling-gated',
  'Pod.Scheduling': 'pod-scheduling',
  'Pod.Starting': 'pod-starting',
  'Pod.Evicted': 'pod-evicted',
  'Pod.Preempted': 'pod-preempted',
  'Pod.NodeShutdown': 'pod-node-shutdown',
  'Pod.Rejected': 'pod-rejected',
  'Pod.DeadlineExceeded': 'pod-deadline',
  'Pod.Failed': 'pod-failed',
  'Pod.Completed': 'pod-completed',
  'Pod.Terminating': 'pod-terminating',
  'Pod.Drained': 'pod-drained',
  'Pod.StuckTerminating': 'pod-stuck-terminating',
  'Pod.NoService': 'pod-no-service',
  'Pod.NoServicePort': 'pod-no-service-port',
  'Pod.NotInEndpoints': 'pod-not-in-endpoints',
  'Pod.TrafficUnknown': 'pod-traffic-unknown',
  'Pod.PhaseUnknown': 'pod-phase-unknown',
  'Node.NotReady': 'node-not-ready',
  'Node.Unreachable': 'node-unreachable',
  'Node.Gone': 'node-gone',
};
