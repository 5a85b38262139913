import { CloudtraceViewBlueprint } from '../blueprints/CloudtraceViewBlueprint';
import { messages } from '../messages';
import {
  DiagnosticsBadge,
  FailoverBadge,
  HealthBadge,
  ScalingBadge,
  SecurityBadge,
} from './badges';

const overview = CloudtraceViewBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: messages.overview.title,
    loader: () => import('../components/tab').then(m => <m.OverviewView />),
  },
});

const loadDistribution = CloudtraceViewBlueprint.make({
  name: 'load-distribution',
  params: {
    path: 'load-distribution',
    title: messages.load.title,
    loader: () =>
      import('../components/tab').then(m => <m.LoadDistributionView />),
  },
});

const requests = CloudtraceViewBlueprint.make({
  name: 'requests',
  params: {
    path: 'requests',
    title: messages.requests.title,
    loader: () => import('../components/tab').then(m => <m.RequestsView />),
  },
});

const healthChecks = CloudtraceViewBlueprint.make({
  name: 'health-checks',
  params: {
    path: 'health-checks',
    title: messages.health.title,
    badge: HealthBadge,
    loader: () => import('../components/tab').then(m => <m.HealthView />),
  },
});

const scalingHistory = CloudtraceViewBlueprint.make({
  name: 'scaling-history',
  params: {
    path: 'scaling-history',
    title: messages.scaling.title,
    badge: ScalingBadge,
    loader: () => import('../components/tab').then(m => <m.ScalingView />),
  },
});

const metrics = CloudtraceViewBlueprint.make({
  name: 'metrics',
  params: {
    path: 'metrics',
    title: messages.metrics.title,
    loader: () => import('../components/tab').then(m => <m.MetricsView />),
  },
});

const failoverHistory = CloudtraceViewBlueprint.make({
  name: 'failover-history',
  params: {
    path: 'failover-history',
    title: messages.failovers.title,
    badge: FailoverBadge,
    loader: () => import('../components/tab').then(m => <m.FailoversView />),
  },
});

const securityScans = CloudtraceViewBlueprint.make({
  name: 'security-scans',
  params: {
    path: 'security-scans',
    title: messages.security.title,
    badge: SecurityBadge,
    loader: () => import('../components/tab').then(m => <m.SecurityView />),
  },
});

const diagnostics = CloudtraceViewBlueprint.make({
  name: 'diagnostics',
  params: {
    path: 'diagnostics',
    title: messages.diagnostics.title,
    badge: DiagnosticsBadge,
    loader: () => import('../components/tab').then(m => <m.DiagnosticsView />),
  },
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
