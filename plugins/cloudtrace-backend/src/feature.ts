import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { startupGateFactory } from './ingest/http/startupGate';
import { cloudtracePlugin } from './plugin';

/**
 * The CloudTrace backend: the plugin, and the gate that responds to senders
 * until it is up.
 *
 * @public
 */
export const cloudtraceFeature = createBackendFeatureLoader({
  loader: () => [startupGateFactory, cloudtracePlugin],
});
