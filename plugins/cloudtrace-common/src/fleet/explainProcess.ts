import type { JudgementCode } from '../judgement/messages';
import { wordJudgement, type CodedMessage } from '../judgement/wordJudgement';

const consequences: Record<string, JudgementCode> = {
  Launch: 'suspended-launch',
  Terminate: 'suspended-terminate',
  AddToLoadBalancer: 'suspended-add-to-load-balancer',
  AlarmNotification: 'suspended-alarm-notification',
  AZRebalance: 'suspended-az-rebalance',
  HealthCheck: 'suspended-health-check',
  InstanceRefresh: 'suspended-instance-refresh',
  ReplaceUnhealthy: 'suspended-replace-unhealthy',
  ScheduledActions: 'suspended-scheduled-actions',
  Rollout: 'suspended-rollout',
  Autoscaling: 'suspended-autoscaling',
  ScaleIn: 'suspended-scale-in',
  ScaleOut: 'suspended-scale-out',
};

/** Autoscaling that is paused at a number of replicas. */
const HELD_SIZE = /^Autoscaling at (\d+)$/;

/** The name of a suspended scaling process, without the size at which it is held. @public */
export function nameOfProcess(name: string): string {
  return HELD_SIZE.test(name) ? 'Autoscaling' : name;
}

/** The effect of a suspended scaling process; an unknown process keeps its name. @public */
export function explainSuspendedProcess(name: string): string {
  return wordJudgement(describeSuspendedProcess(name));
}

/** The effect of a suspended scaling process, as a message. @public */
export function describeSuspendedProcess(name: string): CodedMessage {
  const replicas = HELD_SIZE.exec(name)?.[1];
  if (replicas) {
    return {
      code: 'suspended-autoscaling-at',
      values: { replicas: Number(replicas) },
    };
  }
  return Object.hasOwn(consequences, name)
    ? { code: consequences[name], values: {} }
    : { code: 'suspended-other', values: { name } };
}
