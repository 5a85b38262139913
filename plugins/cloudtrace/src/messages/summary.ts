/** Texts of the card on the entity's overview. */
export const summaryMessages = {
  summary: {
    title: 'CloudTrace',
    open: 'Open CloudTrace',
    lastHour: 'Last hour, {{environment}}',
    loading: 'the summary',
    perMinute: 'Requests per minute over the last hour',
    noRequests: 'No requests in the last hour.',
    noneYet:
      'No requests yet. The tab shows what the service needs to send them.',
    instances: '{{number}} instances in {{zones}} zones',
    balance: 'Load: {{verdict}}',
    security: 'Open findings',
    openFindings: 'Open security scans',
    noScans: 'No scans yet.',
    gatesFailed: 'Quality gate failed: {{names}}',
  },
} as const;
