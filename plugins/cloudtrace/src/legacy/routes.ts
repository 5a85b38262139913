import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { entityContentRouteRef, fleetRouteRef } from '../routes';

/** The routes of the plugin, as the old frontend system knows them. */
export const routes = {
  root: convertLegacyRouteRef(fleetRouteRef),
  entityContent: convertLegacyRouteRef(entityContentRouteRef),
};
