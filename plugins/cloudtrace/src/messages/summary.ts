/** Texts of the card on the entity's overview. */
export const summaryMessages = {
  summary: {
    title: 'CloudTrace',
    open: 'Open CloudTrace',
    lastHour: 'Last hour, {{environment}}',
    loading: 'the summary',
    rate: 'Requests per second over the last hour',
    noneYet:
      'No requests yet. The tab shows what the service needs to send them.',
    healthy_one: '{{healthy}} of 1 instance healthy',
    healthy_other: '{{healthy}} of {{count}} targets healthy',
    zones_one: '1 zone',
    zones_other: '{{count}} zones',
    balance: 'Load: {{verdict}}',
    services: 'Services, worst first',
    allServices_one: 'Open the service in CloudTrace',
    allServices_other: 'View all {{number}} services',
    security: 'Open findings',
    openFindings: 'View all findings',
    noScans: 'No scans yet.',
    incompleteScans: 'The newest scan did not check everything: {{names}}',
    gatesFailed: 'Quality gate failed: {{names}}',
  },
} as const;
