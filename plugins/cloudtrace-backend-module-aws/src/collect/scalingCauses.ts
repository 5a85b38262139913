import type { ScalingCauseKind } from '@cloudtrace/plugin-cloudtrace-common';

/** One form of a cause text. */
export interface ScalingCauseForm {
  causeKind: ScalingCauseKind;
  /**
   * The group `policy` captures the name of the policy or scheduled action,
   * `alarm` that of the alarm.
   */
  pattern: RegExp;
}

const ALARM = String.raw`(?:a monitor |a CloudWatch |monitor )?alarm (?<alarm>.+?) in state (?:ALARM|OK|INSUFFICIENT_DATA) triggered policy (?<policy>.+?)`;
/** An alarm's name ends where the sentence continues, or with the text. */
const END = String.raw`(?: (?:changing|changed|setting|executed|triggered)\b| and |[.,;]?\s*(?:At \d{4}-|$))`;

/*
 * Forms of cause texts, documented or published. The first match wins: a reason
 * for the change of capacity comes before the sentences about instances that
 * follow from it in the same text. Documented in
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-healthchecks.html,
 * .../as-scaling-simple-step.html, .../capacity-rebalance.html,
 * .../asg-max-instance-lifetime.html, .../ec2-auto-scaling-warm-pools.html
 */
export const scalingCauseForms: readonly ScalingCauseForm[] = [
  { causeKind: 'policy', pattern: new RegExp(ALARM + END) },
  {
    causeKind: 'policy',
    pattern:
      /alarm triggered policy (?<policy>.+?) changing the desired capacity/,
  },
  { causeKind: 'policy', pattern: /alarm .*triggered policy/i },
  {
    causeKind: 'policy',
    pattern: new RegExp(
      `predictive scaling policy (?<policy>[^ ]+?)${END}`,
      'i',
    ),
  },
  { causeKind: 'policy', pattern: /predictive scaling/i },
  {
    causeKind: 'policy',
    pattern: new RegExp(`a user request executed policy (?<policy>.+?)${END}`),
  },
  { causeKind: 'policy', pattern: /executed policy/i },
  {
    causeKind: 'schedule',
    pattern:
      /scheduled action (?:with name |named )?(?!update\b|was\b|executed\b)["']?(?<policy>[^"'\s]+?)["']?(?: (?:was )?executed| update of| triggered|[.,;]|\s*$)/i,
  },
  { causeKind: 'schedule', pattern: /scheduled action/i },
  // An instance maintenance policy is not a cause: it says how instances are
  // replaced, not why.
  { causeKind: 'instance-refresh', pattern: /instance refresh/i },
  {
    causeKind: 'lifetime',
    pattern: /max(?:imum)? instance lifetime|exceed\w* its max\w* lifetime/i,
  },
  {
    causeKind: 'interruption',
    pattern:
      /spot (?:instance )?(?:interruption|termination|request)|spot capacity is no longer available/i,
  },
  {
    causeKind: 'rebalance',
    pattern: /rebalance recommendation|capacity rebalanc|elevated risk/i,
  },
  {
    causeKind: 'maintenance',
    pattern:
      /scheduled (?:reboot|maintenance|retirement|event)|instance retirement/i,
  },
  {
    causeKind: 'health-replacement',
    pattern:
      /health[ -]?check|unhealthy|status checks?\b.*\bfail|fail\w* .*status check|indicating it has been terminated/i,
  },
  {
    causeKind: 'rebalance',
    pattern:
      /rebalanc|balance instances in zones|balancing the group's zones|availability zone .*imbalance/i,
  },
  {
    causeKind: 'manual',
    pattern:
      /user request|(?:minimum|maximum) capacity was set|updated constraints|moved (?:to|out of) standby/i,
  },
];
