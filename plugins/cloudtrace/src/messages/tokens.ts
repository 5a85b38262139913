/** Texts of the dialog of ingest tokens. */
export const tokensMessages = {
  tokens: {
    title: 'Ingest tokens',
    intro:
      'A token lets a service or a pipeline send data for this entity and one environment, and nothing else. Its secret is shown once.',
    close: 'Close',
    create: 'Create token',
    name: 'Name',
    nameHint: 'Where it is used, e.g. “orders, eu-central-1”',
    kind: 'For',
    kinds: {
      requests: 'Requests (OpenTelemetry)',
      scans: 'Security scans (CI)',
      events: 'Events (deploys, drift)',
    },
    environment: 'Environment',
    expires: 'Expires in',
    days_one: '1 day',
    days_other: '{{count}} days',
    createdTitle: 'Token created. Copy its secret now: it is not shown again.',
    secret: 'Secret of the token',
    done: 'Done',
    none: 'No tokens yet.',
    columns: {
      name: 'Name',
      kind: 'For',
      environment: 'Environment',
      status: 'Status',
      expires: 'Expires',
      lastUsed: 'Last used',
      actions: 'Actions',
    },
    status: {
      live: 'active',
      expired: 'expired',
      revoked: 'revoked',
      'entity-replaced': 'stopped',
      unpeppered: 'stopped',
    },
    stopped: {
      'entity-replaced':
        'The entity was registered again after this token was created. Create a new token.',
      unpeppered:
        'This token was created before the portal got an additional secret for tokens. Create a new token.',
    },
    never: 'never',
    revoke: 'Revoke',
    revokeName: 'Revoke {{name}}',
    revokeConfirm:
      'Revoke {{name}}? Senders that use it are rejected within 30 s.',
    keep: 'Keep',
    failed: 'The request failed: {{reason}}',
    loading: 'the tokens',
  },
} as const;
