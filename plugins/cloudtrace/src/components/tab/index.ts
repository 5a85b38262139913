/*
 * The tab as one lazily loaded unit. The views share most of their code, and
 * the bundler does not know that they are always shown together: loaded
 * separately, each would contain its own copy.
 */
export {
  DiagnosticsBadge,
  FailoverBadge,
  HealthBadge,
  ScalingBadge,
  SecurityBadge,
} from '../badges';
export { DiagnosticsView } from '../diagnostics';
export { FailoversView } from '../failovers';
export { CloudtraceTab } from './CloudtraceTab';
export { HealthView } from '../health';
export { LoadDistributionView } from '../load';
export { OverviewView } from '../overview';
export { RequestsView } from '../requests';
export { MetricsView } from '../metrics';
export { ScalingView } from '../scaling';
export { SecurityView } from '../security';
