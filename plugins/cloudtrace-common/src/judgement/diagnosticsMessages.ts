/** The state of the data sources, and their problems. */
export const diagnosticsMessages = {
  'source-requests': 'Requests (OpenTelemetry)',
  'source-events': 'Events from pipelines',
  'source-scans': 'Security scans',
  'no-request-yet': 'No request has arrived yet',
  'no-request-no-token':
    'No request has arrived yet, and there is no token to send requests with',
  'no-request-since': 'No request has arrived for {{durationMs}}',
  'requests-arrive': 'Requests are arriving',
  'no-event-yet':
    'No deploy, drift, load test or self-healing has been reported yet',
  'events-arrive': 'Events have been received',
  'scans-arrive': 'Scans are arriving',
  'no-scan-lately': 'No scan has arrived in the last 90 days',
  'not-read-yet': 'Not read yet',
  'nothing-found':
    'The last collection found nothing for this entity: no annotation, no related resource and no tag. A new component is read within a minute',
  'nothing-collected':
    'Resources are linked, but no data has been collected yet',
  'parts-stale': 'Stale data: {{parts}}',
  listed: '{{first}}, {{rest}}',
  'part-targets': 'targets',
  'part-health-check': 'health check',
  'part-capacity': 'capacity',
  'part-limits': 'limits',
  'part-instances': 'instances',
  'part-policies': 'policies',
  'part-schedules': 'schedules',
  'part-activities': 'activities',
  'part-alarms': 'alarms',
  'part-database-events': 'database events',
  'part-metrics': 'metrics',
  'resources-read_one': '1 resource is polled',
  'resources-read_other': '{{count}} resources are polled',
  'provider-unavailable': '{{provider}} could not be read',
  'check-portal-log': "Ask the portal's operators to check its log",
  'storage-failed': 'The newest requests could not be stored; senders retry',
  'requests-unreadable':
    'The database server with the requests of this service does not respond',
  'rollups-behind':
    'Requests have waited for {{durationMs}} to be added to the rollups; charts are complete but slow',
  'check-database': "Ask the portal's operators to check the database",
  'findings-polled': 'Findings are polled',
  'findings-not-polled': '{{target}} could not be polled: {{error}}',
  'findings-not-polled-next':
    "Ask the portal's operators to fix it; stored findings are kept",
  'scan-unreadable': 'The newest file could not be read: {{error}}',
  'scan-unreadable-next':
    'Send the output of the tool unchanged; see docs/scans.md',
  'scan-incomplete':
    'The newest scan by {{tool}} ({{category}}, {{ref}}) is incomplete: {{reason}}',
  'scan-incomplete-next':
    'Check why the scanner did not finish, then run it again',
  'no-live-token-requests':
    "No token for requests of the environment '{{environment}}' works: all are expired, revoked or stopped, so nothing can be sent",
  'no-live-token-scans':
    "No token for scans of the environment '{{environment}}' works: all are expired, revoked or stopped, so nothing can be sent",
  'no-live-token-events':
    "No token for events of the environment '{{environment}}' works: all are expired, revoked or stopped, so nothing can be sent",
  'create-token': 'Create a token and give it to the sender',
  'new-token': 'Create a new token and give it to the sender',
  'token-expires-requests': 'A token for requests expires on {{date}}',
  'token-expires-scans': 'A token for scans expires on {{date}}',
  'token-expires-events': 'A token for events expires on {{date}}',
  'replace-token':
    'Create a second token, give it to the sender, then revoke the first',
  'tokens-replaced_one':
    'The entity was registered again: 1 token from before no longer works',
  'tokens-replaced_other':
    'The entity was registered again: {{count}} tokens from before no longer work',
  'tokens-unpeppered_one':
    '1 token was created before the portal got an additional secret for tokens (cloudtrace.tokens.pepper); no longer working: {{stopped}}',
  'tokens-unpeppered_other':
    '{{count}} tokens were created before the portal got an additional secret for tokens (cloudtrace.tokens.pepper); no longer working: {{stopped}}',
  'use-token-once':
    'Let each sender use its token once before the date in cloudtrace.tokens.unpepperedUntil, or create new tokens',
  'figure-spans-stored': 'Spans stored by the portal',
  'figure-spans-ignored': 'Spans that are not requests',
  'figure-spans-duplicate': 'Spans received twice',
  'figure-spans-rejected': 'Spans rejected: {{reason}}',
  'span-invalid-trace-id': 'invalid trace id',
  'span-invalid-span-id': 'invalid span id',
  'span-no-start-time': 'no start time',
  'span-ends-before-start': 'ends before its start',
  'span-too-old': 'older than the retention of requests',
  'span-too-far-in-future': 'too far in the future',
  'figure-queue': 'Waiting to be stored',
  'figure-batch-spans': 'Spans in the newest commit',
  'figure-commit-p99': 'Commit latency p99',
  'source-archive': 'Archive of requests',
  'archive-days_one': '1 day is in {{location}}: {{newest}}',
  'archive-days_other':
    '{{count}} days are in {{location}}, from {{oldest}} to {{newest}}',
  'archive-empty': 'No day is in {{location}} yet',
  'archive-failed': 'The requests of {{day}} could not be archived: {{error}}',
  'archive-failed-next':
    'Nothing is lost: the day stays in the database, and every 10 minutes the portal tries again',
  'archive-late':
    'The requests of {{day}} should be in the archive, but are still in the database',
  'figure-archived-requests': 'Archived requests of all services',
  'figure-archived-bytes': 'Size of the archive',
  'figure-table': 'Storage for {{data}} (partitions: {{partitions}})',
  'stored-requests': 'requests',
  'stored-request_ledger': 'records of accepted exports',
  'stored-rollups_minute': 'figures per minute',
  'stored-rollups_hour': 'figures per hour',
  'stored-rollups_day': 'figures per day',
  'figure-rollup-lag': 'Time since the last rollup compaction',
} as const;
