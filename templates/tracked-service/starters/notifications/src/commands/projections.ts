import { rebuildProjection } from '../events/rebuildProjection.js';
import { exitWithUsage, runCommand } from './runCommand.js';

const usage = `Rebuilds the table of notifications from the events, while the service runs.

Usage: npm run projections -- rebuild
`;

if (process.argv[2] !== 'rebuild') {
  exitWithUsage(usage, process.argv[2] === '--help' ? 0 : 2);
}
await runCommand(async ({ database, store, adapters }) => {
  const rebuilt = await rebuildProjection({ database, store });
  return `The notifications of ${rebuilt} users were rebuilt. Cached lists follow within 10 s (${adapters.cache.kind}).`;
});
