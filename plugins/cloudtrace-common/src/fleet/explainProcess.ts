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
};

/** The effect of a suspended scaling process; an unknown process keeps its name. @public */
export function explainSuspendedProcess(name: string): string {
  return wordJudgement(describeSuspendedProcess(name));
}

/** The effect of a suspended scaling process, as a message. @public */
export function describeSuspendedProcess(name: string): CodedMessage {
  return Object.hasOwn(consequences, name)
    ? { code: consequences[name], values: {} }
    : { code: 'suspended-other', values: { name } };
}
