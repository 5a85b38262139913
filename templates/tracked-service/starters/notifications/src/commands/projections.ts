import { rebuildProjection } from '../events/rebuildProjection.js';
import { printUsage, readArguments, refuseArguments } from './readArguments.js';
import { runCommand } from './runCommand.js';

const usage = `Rebuilds the table of notifications from the events, while the service runs.

Usage: npm run projections -- rebuild
`;

const { positionals, values } = readArguments(usage, {
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});
if (values.help) printUsage(usage);
if (positionals.join(' ') !== 'rebuild') {
  refuseArguments('The only command is "rebuild".', usage);
}
await runCommand(async ({ database, store, adapters }) => {
  const rebuilt = await rebuildProjection({ database, store });
  return `The notifications of ${rebuilt} users were rebuilt. Cached lists follow within 10 s (${adapters.cache.kind}).`;
});
