import { CloudtraceViewBlueprint } from '../blueprints/CloudtraceViewBlueprint';
import { builtInViews } from './builtInViews';

const overview = CloudtraceViewBlueprint.make({
  name: 'overview',
  params: builtInViews.overview,
});

const loadDistribution = CloudtraceViewBlueprint.make({
  name: 'load-distribution',
  params: builtInViews.loadDistribution,
});

const requests = CloudtraceViewBlueprint.make({
  name: 'requests',
  params: builtInViews.requests,
});

const healthChecks = CloudtraceViewBlueprint.make({
  name: 'health-checks',
  params: builtInViews.healthChecks,
});

const scalingHistory = CloudtraceViewBlueprint.make({
  name: 'scaling-history',
  params: builtInViews.scalingHistory,
});

const metrics = CloudtraceViewBlueprint.make({
  name: 'metrics',
  params: builtInViews.metrics,
});

const failoverHistory = CloudtraceViewBlueprint.make({
  name: 'failover-history',
  params: builtInViews.failoverHistory,
});

const securityScans = CloudtraceViewBlueprint.make({
  name: 'security-scans',
  params: builtInViews.securityScans,
});

const diagnostics = CloudtraceViewBlueprint.make({
  name: 'diagnostics',
  params: builtInViews.diagnostics,
});

/** The views of the tab, in display order. */
export const views = [
  overview,
  loadDistribution,
  requests,
  healthChecks,
  scalingHistory,
  failoverHistory,
  metrics,
  securityScans,
  diagnostics,
];
