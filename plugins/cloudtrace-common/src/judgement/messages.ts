/**
 * What CloudTrace says of a service, by code. Names in double braces are the
 * values of a {@link CodedMessage}; `_one` and `_other` are chosen by `count`.
 * The frontend translates these texts, notifications and the API word them in
 * English.
 *
 * @public
 */
export const judgementMessages = {
  'failover-ongoing': '{{subject}}: the failover is ongoing',
  'all-targets-lost': 'No healthy target is left, and the outage is ongoing',
  'no-healthy-target': 'None of the {{wanted}} targets is healthy',
  'targets-unhealthy_one': '1 of {{total}} targets is unhealthy',
  'targets-unhealthy_other': '{{count}} of {{total}} targets are unhealthy',
  'health-not-measured_one':
    'The health of 1 of {{total}} targets is not measured',
  'health-not-measured_other':
    'The health of {{count}} of {{total}} targets is not measured',
  'zone-lost':
    'Zone {{zone}} is down: its last target failed and none has replaced it',
  'zone-down_one': 'Zone {{zone}} is down: its only target is unhealthy',
  'zone-down_other':
    'Zone {{zone}} is down: all of its {{count}} targets are unhealthy',
  'single-zone':
    'All {{targets}} targets are in zone {{zone}}: if that zone fails, no target is left',
  'recent-errors':
    '{{errorRate}} of the requests of the last 15 minutes failed',
  'at-max': '{{group}} is at its maximum size of {{max}} and cannot grow',
  'fixed-size':
    '{{group}} has a fixed size of {{max}} and cannot grow with the load',
  'was-at-max':
    '{{group}} was at its maximum size of {{max}} for {{durationMs}}',
  'critical-findings_one': '1 critical finding is open',
  'critical-findings_other': '{{count}} critical findings are open',
  'no-requests': 'No requests arrived in this range',
  'traffic-up':
    'Traffic is {{change}} above the previous period ({{before}} → {{after}} requests per second)',
  'traffic-down':
    'Traffic is {{change}} below the previous period ({{before}} → {{after}} requests per second)',
  'latency-up':
    'p95 is {{factor}} × that of the previous period ({{beforeMs}} → {{afterMs}})',
  'errors-up':
    '{{afterRate}} of the requests fail, against {{beforeRate}} in the previous period',
  'latency-jump':
    'p95 is {{factor}} × what it was before ({{beforeMs}} → {{afterMs}})',
  'error-jump': '{{afterRate}} of the requests fail, {{beforeRate}} did before',
  hot: '{{group}} takes {{share}} of the requests, its fair share is {{fairShare}}',
  cold: '{{group}} takes {{share}} of the requests, its fair share is {{fairShare}}',
  'slow-alone': '{{group}} is slow: p95 is {{ownMs}}',
  slow: "{{group}} is slow: p95 is {{ownMs}}, the others' is {{othersMs}}",
  'failing-alone': '{{group}} fails {{ownRate}} of its requests',
  failing:
    '{{group}} fails {{ownRate}} of its requests, the others {{othersRate}}',
  'hot-past':
    '{{group}}, now gone, took {{share}} of the requests, its fair share was {{fairShare}}',
  'cold-past':
    '{{group}}, now gone, took {{share}} of the requests, its fair share was {{fairShare}}',
  'slow-alone-past': '{{group}}, now gone, was slow: p95 was {{ownMs}}',
  'slow-past':
    "{{group}}, now gone, was slow: p95 was {{ownMs}}, the others' was {{othersMs}}",
  'failing-alone-past':
    '{{group}}, now gone, failed {{ownRate}} of its requests',
  'failing-past':
    '{{group}}, now gone, failed {{ownRate}} of its requests, the others {{othersRate}}',
  'healthy-without-requests':
    '{{group}} is healthy but gets no requests, while others do',
  'target-unhealthy': '{{target}} is unhealthy: {{reason}}',
  'failed-scaling_one': 'A scaling activity of {{group}} failed',
  'failed-scaling_other': '{{count}} scaling activities of {{group}} failed',
  alarm: 'Alarm {{alarm}} is raised',
  'failover-now': '{{title}} is ongoing: {{cause}}',
  'failover-past': '{{title}}, recovered after {{durationMs}}',
  'failover-brief': '{{title}}, recovered before the next check',
  'group-at-max': 'The group is at its maximum size',
  'new-unhealthy_one': '1 target became unhealthy',
  'new-unhealthy_other': '{{count}} targets became unhealthy',
  'new-findings_one': '{{counts}} new finding',
  'new-findings_other': '{{counts}} new findings',
} as const;

/** Code of a {@link CodedMessage}, without the suffix of its number. @public */
export type JudgementCode = keyof typeof judgementMessages extends infer TKey
  ? TKey extends `${infer TBase}_one` | `${infer TBase}_other`
    ? TBase
    : TKey
  : never;
