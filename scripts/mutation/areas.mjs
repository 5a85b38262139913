/*
 * The files in which a mistake is dangerous, and the tests that have to notice
 * it. Paths are relative to the sources of the backend. None of these tests
 * needs a database or loads the whole backend, so that one mutant takes seconds.
 */
const inFolder = (folder, names) => names.map(name => `${folder}/${name}.ts`);

export const areas = {
  permissions: {
    files: inFolder('permissions', ['EntityAccess', 'partPermissions']),
    tests: ['permissions/*.test.ts'],
  },
  tokens: {
    files: [
      ...inFolder('tokens', [
        'hashSecret',
        'shortRef',
        'tokenFormat',
        'TokenRules',
      ]),
      ...inFolder('tokens/oidc', ['ownsEntity', 'readRef']),
    ],
    tests: [
      'tokens/{hashSecret,shortRef,tokenFormat,TokenRules}.test.ts',
      'tokens/oidc/*.test.ts',
    ],
  },
  ledger: {
    files: [
      ...inFolder('ingest/commit', ['GroupCommit']),
      ...inFolder('ingest/database', ['insertLedger']),
      ...inFolder('ingest/rows', ['DuplicateFinder', 'Fingerprint']),
    ],
    tests: ['ingest/{commit,database,rows}/*.test.ts'],
  },
  failover: {
    // The rules that decide who caused a failover.
    files: inFolder('failover', [
      'assignReplacements',
      'judgePlanned',
      'scalingCauses',
    ]),
    tests: ['failover/{assignReplacements,judgePlanned,scalingCauses}.test.ts'],
  },
  detection: {
    // The rest of detection, and the identity of episodes: over a thousand mutants.
    files: inFolder('failover', [
      'classifyFailures',
      'detectFailovers',
      'findBeginning',
      'findDatabaseFailovers',
      'findTargetFailures',
      'groupHistories',
      'joinCrashLoops',
      'matchFailovers',
      'memberships',
      'mergeClusters',
    ]),
    tests: ['failover/*.test.ts', '!failover/FailoverReader.test.ts'],
  },
  identity: {
    files: inFolder('scans/identity', [
      'assignFindings',
      'keysOf',
      'matchLegacy',
      'readFingerprint',
      'uniteResults',
      'withKeys',
    ]),
    // Not the test of random scans, which takes seconds per mutant.
    tests: ['scans/identity/*.test.ts', '!scans/identity/identity.test.ts'],
  },
};
