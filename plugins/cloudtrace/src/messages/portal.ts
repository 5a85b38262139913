/** Texts outside the tab: widgets of the home page, results of the search. */
export const portalMessages = {
  home: {
    myServices: 'My services now',
    myServicesDetail:
      'Your services that need attention most, with the reasons',
    myFindings: 'My findings',
    myFindingsDetail: 'Your services with the worst open security findings',
    all: 'View all services',
    noServices: 'You and your groups own no service that CloudTrace knows.',
    noFindings: 'No open finding is known of your services.',
    denied: 'You may not read this.',
  },
  search: {
    asOf: 'As of {{time}}',
    types: { service: 'Service states', finding: 'Security findings' },
  },
} as const;
