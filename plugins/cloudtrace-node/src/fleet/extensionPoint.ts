import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { FleetProvider } from './FleetProvider';

/** Where modules add their fleet providers. @public */
export interface FleetProvidersExtensionPoint {
  /** Throws if a provider with the same id exists. */
  addProvider(provider: FleetProvider): void;
}

/** Extension point for fleet providers. @public */
export const fleetProvidersExtensionPoint =
  createExtensionPoint<FleetProvidersExtensionPoint>({
    id: 'cloudtrace.fleet-providers',
  });
