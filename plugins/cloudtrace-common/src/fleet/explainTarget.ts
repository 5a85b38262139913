import { judgementMessages, type JudgementCode } from '../judgement/messages';
import { wordTexts } from '../judgement/wordTexts';
import type { CodedMessage } from '../judgement/wordJudgement';
import { describePodFacts } from './describePodFacts';
import { podReasons } from './podReasons';
import type { TargetState } from './types';

/** A reason in words, with the code it was derived from. @public */
export interface PlainExplanation {
  summary: string;
  nextStep?: string;
  /** The messages behind the texts; absent for the provider's own words. */
  coded?: Record<string, CodedMessage>;
}

const byCode: Record<string, JudgementCode> = {
  'Target.ResponseCodeMismatch': 'target-response-code',
  'Target.Timeout': 'target-timeout',
  'Target.FailedHealthChecks': 'target-refused',
  'Target.NotRegistered': 'target-not-registered',
  'Target.NotInUse': 'target-not-in-use',
  'Target.DeregistrationInProgress': 'target-deregistering',
  'Target.DeregistrationDelay': 'target-draining',
  'Target.InvalidState': 'target-stopped',
  'Target.IpUnusable': 'target-ip-unusable',
  'Target.HealthCheckDisabled': 'target-check-disabled',
  'Elb.RegistrationInProgress': 'target-registering',
  'Elb.InitialHealthChecking': 'target-first-checks',
  'Elb.InternalError': 'target-internal-error',
  'Local.ZoneStopped': 'target-zone-stopped',
};

const byState: Record<TargetState | 'gone', JudgementCode> = {
  initial: 'target-initial',
  healthy: 'target-healthy',
  unhealthy: 'target-unhealthy-state',
  draining: 'target-draining-state',
  unused: 'target-unused',
  unavailable: 'target-unavailable',
  unknown: 'target-unknown',
  gone: 'target-gone',
};

function explain(code: JudgementCode, reason?: string): PlainExplanation {
  const next = `${code}-next`;
  const what = { code, values: {} };
  return wordTexts({
    summary: reason
      ? {
          code: 'pod-because',
          values: { what, reason: describePodFacts(reason) },
        }
      : what,
    nextStep: Object.hasOwn(judgementMessages, next)
      ? { code: next as JudgementCode, values: {} }
      : undefined,
  });
}

/**
 * Explains why a target is in its state. An unknown code stays unchanged, with
 * the provider's own description.
 *
 * @public
 */
export function explainTarget(target: {
  state: string;
  reasonCode?: string;
  reason?: string;
}): PlainExplanation {
  const { state, reasonCode, reason } = target;
  if (reasonCode && Object.hasOwn(byCode, reasonCode)) {
    return explain(byCode[reasonCode]);
  }
  if (reasonCode && Object.hasOwn(podReasons, reasonCode)) {
    return explain(podReasons[reasonCode], reason);
  }
  if (reasonCode || reason) {
    return { summary: [reasonCode, reason].filter(Boolean).join(': ') };
  }
  return Object.hasOwn(byState, state)
    ? explain(byState[state as TargetState])
    : { summary: state };
}
