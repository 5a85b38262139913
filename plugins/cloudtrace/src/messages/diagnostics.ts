/** Texts of the view "Diagnostics". */
export const diagnosticsMessages = {
  diagnostics: {
    title: 'Diagnostics',
    loading: 'the diagnostics',
    intro:
      'Each source of data: how it was found, when it last answered, and what to do where it did not.',
    status: {
      ok: 'working',
      waiting: 'nothing yet',
      stale: 'silent',
      problem: 'problem',
      off: 'off',
    },
    lastSuccess: 'Last success',
    lastError: 'Last error',
    never: 'never',
    resources: 'Found resources',
    foundBy: {
      annotation: 'annotation',
      relation: 'catalog relation',
      tag: 'resource tag',
    },
    missingPermission: 'Missing permission:',
    nextStep: 'Next step:',
    tokens: 'Ingest tokens',
    tokenCounts:
      '{{live}} live, {{expired}} expired, {{revoked}} revoked, {{entityReplaced}} from an earlier registration, {{unpeppered}} without the pepper',
    manageTokens: 'Manage tokens',
    setup: 'How a service sends its requests',
    console: 'Console',
  },
} as const;
