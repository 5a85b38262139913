/** The state of a service and what stands out. */
export const serviceMessages = {
  'failover-ongoing': '{{subject}}: failover ongoing',
  'all-targets-lost': 'No healthy targets left; the outage continues',
  'of-group': '{{group}}: {{what}}',
  'no-healthy-target': 'None of the {{wanted}} targets is healthy',
  'targets-unhealthy_one': '1 of {{total}} targets is unhealthy',
  'targets-unhealthy_other': '{{count}} of {{total}} targets are unhealthy',
  'health-not-measured_one':
    'The health of 1 of {{total}} targets is not measured',
  'health-not-measured_other':
    'The health of {{count}} of {{total}} targets is not measured',
  'targets-unread':
    'The health is unknown: the targets were last read {{durationMs}} ago',
  'no-targets-wanted': 'No target is expected: the desired size is 0',
  'zone-lost':
    'Zone {{zone}} is down: its last target failed and was not replaced',
  'zone-down_one': 'Zone {{zone}} is down: its only target is unhealthy',
  'zone-down_other':
    'Zone {{zone}} is down: all of its {{count}} targets are unhealthy',
  'single-zone':
    'All {{targets}} targets are in zone {{zone}}: if that zone fails, no targets are left',
  'recent-errors':
    '{{errorRate}} of the requests in the last 15 minutes failed',
  'requests-unknown':
    'Its recent requests are unknown: their database server does not respond',
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
    'p95 is {{factor}} × the p95 of the previous period ({{beforeMs}} → {{afterMs}})',
  'errors-up':
    '{{afterRate}} of the requests fail, compared with {{beforeRate}} in the previous period',
  'latency-jump':
    'p95 is {{factor}} × what it was before ({{beforeMs}} → {{afterMs}})',
  'error-jump':
    '{{afterRate}} of the requests fail, compared with {{beforeRate}} before',
  hot: '{{group}} receives {{share}} of the requests, its fair share is {{fairShare}}',
  cold: '{{group}} receives only {{share}} of the requests, its fair share is {{fairShare}}',
  'slow-alone': '{{group}} is slow: p95 is {{ownMs}}',
  slow: '{{group}} is slow: p95 is {{ownMs}}, compared with {{othersMs}} elsewhere',
  'failing-alone': '{{ownRate}} of the requests to {{group}} fail',
  failing:
    '{{ownRate}} of the requests to {{group}} fail, compared with {{othersRate}} elsewhere',
  'hot-past':
    '{{group}}, now gone, received {{share}} of the requests, its fair share was {{fairShare}}',
  'cold-past':
    '{{group}}, now gone, received only {{share}} of the requests, its fair share was {{fairShare}}',
  'slow-alone-past': '{{group}}, now gone, was slow: p95 was {{ownMs}}',
  'slow-past':
    '{{group}}, now gone, was slow: p95 was {{ownMs}}, compared with {{othersMs}} elsewhere',
  'failing-alone-past':
    '{{group}}, now gone, failed {{ownRate}} of its requests',
  'failing-past':
    '{{group}}, now gone, failed {{ownRate}} of its requests, compared with {{othersRate}} elsewhere',
  'healthy-without-requests':
    '{{group}} is healthy but receives no requests, while others do',
  'hot-messages':
    '{{group}} receives {{share}} of the messages, its fair share is {{fairShare}}',
  'cold-messages':
    '{{group}} receives only {{share}} of the messages, its fair share is {{fairShare}}',
  'failing-alone-messages': '{{group}} fails {{ownRate}} of its messages',
  'failing-messages':
    '{{group}} fails {{ownRate}} of its messages, compared with {{othersRate}} elsewhere',
  'hot-messages-past':
    '{{group}}, now gone, received {{share}} of the messages, its fair share was {{fairShare}}',
  'cold-messages-past':
    '{{group}}, now gone, received only {{share}} of the messages, its fair share was {{fairShare}}',
  'failing-alone-messages-past':
    '{{group}}, now gone, failed {{ownRate}} of its messages',
  'failing-messages-past':
    '{{group}}, now gone, failed {{ownRate}} of its messages, compared with {{othersRate}} elsewhere',
  'healthy-without-messages':
    '{{group}} is healthy but receives no messages, while others do',
  'target-unhealthy': '{{target}} is unhealthy: {{reason}}',
  'failed-scaling_one': 'A scaling activity of {{group}} failed',
  'failed-scaling_other': '{{count}} scaling activities of {{group}} failed',
  alarm: 'Alarm {{alarm}} is raised',
  'group-at-max': 'The group is at its maximum size',
  'new-unhealthy_one': '1 target became unhealthy',
  'new-unhealthy_other': '{{count}} targets became unhealthy',
  'new-findings_one': '{{counts}} new finding',
  'new-findings_other': '{{counts}} new findings',
} as const;
