import type { CloudtraceViewParams } from '../blueprints';
import { messages } from '../messages';
import {
  DiagnosticsBadge,
  FailoverBadge,
  HealthBadge,
  ScalingBadge,
  SecurityBadge,
} from './badges';

/** The plugin's own views, in display order. */
export const builtInViews = {
  overview: {
    path: 'overview',
    title: messages.overview.title,
    loader: () => import('../components/tab').then(m => <m.OverviewView />),
  },
  loadDistribution: {
    path: 'load-distribution',
    title: messages.load.title,
    loader: () =>
      import('../components/tab').then(m => <m.LoadDistributionView />),
  },
  requests: {
    path: 'requests',
    title: messages.requests.title,
    loader: () => import('../components/tab').then(m => <m.RequestsView />),
  },
  healthChecks: {
    path: 'health-checks',
    title: messages.health.title,
    badge: HealthBadge,
    loader: () => import('../components/tab').then(m => <m.HealthView />),
  },
  scalingHistory: {
    path: 'scaling-history',
    title: messages.scaling.title,
    badge: ScalingBadge,
    loader: () => import('../components/tab').then(m => <m.ScalingView />),
  },
  failoverHistory: {
    path: 'failover-history',
    title: messages.failovers.title,
    badge: FailoverBadge,
    loader: () => import('../components/tab').then(m => <m.FailoversView />),
  },
  metrics: {
    path: 'metrics',
    title: messages.metrics.title,
    loader: () => import('../components/tab').then(m => <m.MetricsView />),
  },
  securityScans: {
    path: 'security-scans',
    title: messages.security.title,
    badge: SecurityBadge,
    loader: () => import('../components/tab').then(m => <m.SecurityView />),
  },
  diagnostics: {
    path: 'diagnostics',
    title: messages.diagnostics.title,
    badge: DiagnosticsBadge,
    loader: () => import('../components/tab').then(m => <m.DiagnosticsView />),
  },
} satisfies Record<string, CloudtraceViewParams>;
