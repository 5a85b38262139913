/*
 * The areas of the backend (`plugins/cloudtrace-backend/src/<area>`), and the
 * areas that each may import. An area comes after those that it may import, so
 * that no two areas import each other. Files directly in `src` connect the
 * areas: they may import all of them, and no area may import them.
 *
 * docs/architecture.md shows the same table; a test compares the two.
 */
const backendAreas = {
  // Leaves: shared code that imports no other area.
  config: [],
  database: [],
  periodic: ['database'],
  schema: [],
  http: ['schema'],
  permissions: ['http'],
  live: [],
  actions: ['http'],
  environments: ['database', 'permissions'],
  diagnostics: ['environments', 'http', 'permissions'],

  tokens: [
    'config',
    'database',
    'diagnostics',
    'environments',
    'http',
    'periodic',
    'permissions',
  ],
  platform: [
    'database',
    'environments',
    'http',
    'periodic',
    'permissions',
    'tokens',
  ],
  rollups: ['config', 'database', 'periodic'],
  requests: [
    'config',
    'database',
    'environments',
    'http',
    'permissions',
    'rollups',
  ],
  archive: [
    'database',
    'diagnostics',
    'environments',
    'http',
    'periodic',
    'requests',
    'rollups',
  ],
  ingest: [
    'config',
    'database',
    'diagnostics',
    'http',
    'periodic',
    'platform',
    'requests',
    'rollups',
    'tokens',
  ],
  events: ['database', 'diagnostics', 'http', 'live', 'schema', 'tokens'],
  fleet: [
    'config',
    'database',
    'diagnostics',
    'environments',
    'http',
    'live',
    'periodic',
    'permissions',
  ],
  failover: [
    'database',
    'environments',
    'events',
    'fleet',
    'http',
    'permissions',
    'requests',
  ],
  notifications: ['config', 'database', 'failover', 'fleet'],
  timeline: [
    'database',
    'environments',
    'events',
    'failover',
    'fleet',
    'http',
    'permissions',
  ],
  scans: [
    'config',
    'database',
    'diagnostics',
    'environments',
    'http',
    'live',
    'notifications',
    'periodic',
    'permissions',
    'schema',
    'timeline',
    'tokens',
  ],
  overview: [
    'database',
    'environments',
    'failover',
    'fleet',
    'http',
    'permissions',
    'requests',
    'rollups',
    'scans',
    'timeline',
    'tokens',
  ],
};

/** What an area offers to the tests of other areas. */
const testAreas = ['testUtils', 'tests'];

/** Zones of `import/no-restricted-paths` that enforce the table. */
function backendZones() {
  const areas = Object.keys(backendAreas);
  return [
    ...areas.map(area => ({
      target: `./src/${area}`,
      from: [
        './src/*.ts',
        ...[...areas, ...testAreas]
          .filter(
            other => other !== area && !backendAreas[area].includes(other),
          )
          .map(other => `./src/${other}/**`),
      ],
      message: `${area} may import ${
        backendAreas[area].join(', ') || 'no other area'
      }; see eslint/backendAreas.js.`,
    })),
  ];
}

module.exports = { backendAreas, backendZones };
