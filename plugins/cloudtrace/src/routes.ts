import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The CloudTrace tab of an entity. */
export const entityContentRouteRef = createRouteRef();

/** The page of all services. */
export const fleetRouteRef = createRouteRef();
