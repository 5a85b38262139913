import { CloudtraceViewBlueprint } from '../blueprints/CloudtraceViewBlueprint';

const loadDistribution = CloudtraceViewBlueprint.make({
  name: 'load-distribution',
  params: {
    path: 'load-distribution',
    title: 'Load distribution',
    loader: () =>
      import('../components/load').then(m => <m.LoadDistributionView />),
  },
});

const requests = CloudtraceViewBlueprint.make({
  name: 'requests',
  params: {
    path: 'requests',
    title: 'Requests',
    loader: () =>
      import('../components/requests').then(m => <m.RequestsView />),
  },
});

const diagnostics = CloudtraceViewBlueprint.make({
  name: 'diagnostics',
  params: {
    path: 'diagnostics',
    title: 'Diagnostics',
    loader: () =>
      import('../components/diagnostics').then(m => <m.DiagnosticsView />),
  },
});

/** The views of the tab, in the order in which they are shown. */
export const views = [loadDistribution, requests, diagnostics];
