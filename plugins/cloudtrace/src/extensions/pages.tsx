import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { CloudtraceIcon } from '../components/CloudtraceIcon';
import { fleetRouteRef } from '../routes';

const fleet = PageBlueprint.make({
  params: {
    path: '/cloudtrace',
    routeRef: fleetRouteRef,
    title: 'CloudTrace',
    icon: <CloudtraceIcon />,
    loader: () => import('../components/fleet').then(m => <m.FleetView />),
  },
});

export const pages = [fleet];
