/*
 * A backend in a separate process, for tests that kill it. Runs with
 * Backstage's compiler and reads its configuration from --config.
 */
import { createBackend } from '@backstage/backend-defaults';
import { cloudtraceFeature } from '../../../feature';

process.on('disconnect', () => process.exit(0));
const backend = createBackend();
backend.add(cloudtraceFeature);
backend.start().then(
  () => process.send!('started'),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
