import { lazy } from 'react';

const load = () => import('../components/tab');

export const HealthBadge = lazy(() =>
  load().then(m => ({ default: m.HealthBadge })),
);
export const ScalingBadge = lazy(() =>
  load().then(m => ({ default: m.ScalingBadge })),
);
export const FailoverBadge = lazy(() =>
  load().then(m => ({ default: m.FailoverBadge })),
);
export const SecurityBadge = lazy(() =>
  load().then(m => ({ default: m.SecurityBadge })),
);
export const DiagnosticsBadge = lazy(() =>
  load().then(m => ({ default: m.DiagnosticsBadge })),
);
