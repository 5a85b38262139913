/** Texts of the view "Diagnostics". */
export const diagnosticsMessages = {
  diagnostics: {
    title: 'Diagnostics',
    loading: 'the diagnostics',
    intro:
      'Each data source: how it was found, when it last responded, and what to do if it did not.',
    status: {
      ok: 'working',
      waiting: 'no data yet',
      stale: 'stale',
      problem: 'problem',
      off: 'off',
    },
    lastSuccess: 'Last success',
    lastError: 'Last error',
    never: 'never',
    resources: 'Resources found',
    foundBy: {
      annotation: 'annotation',
      relation: 'catalog relation',
      tag: 'resource tag',
    },
    missingPermission: 'Missing permission:',
    nextStep: 'Next step:',
    tokens: 'Ingest tokens',
    tokenCounts:
      '{{live}} active, {{expired}} expired, {{revoked}} revoked, {{entityReplaced}} from an earlier registration, {{unpeppered}} not yet protected by the portal’s additional secret',
    manageTokens: 'Manage tokens',
    setup: 'How to send requests',
    console: 'Console',
  },
} as const;
