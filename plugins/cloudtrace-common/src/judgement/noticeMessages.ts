/** Notifications to owners. */
export const noticeMessages = {
  'notice-of-environment': '{{entity}} ({{environment}}): {{notice}}',
  'notice-of-entity': '{{entity}}: {{notice}}',
  'notice-all-lost': 'No healthy targets left',
  'notice-unhealthy': '{{target}} is unhealthy',
  'notice-scaling-failed': 'Scaling failed',
  'notice-at-max':
    '{{desired}} of at most {{max}} instances are desired: the group cannot grow any further',
  'critical-and-high': '{{critical}} critical and {{high}} high',
  'only-critical': '{{critical}} critical',
  'only-high': '{{high}} high',
} as const;
