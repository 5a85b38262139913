import { screen } from '@testing-library/react';
import type { HealthCheck } from '@cloudtrace/plugin-cloudtrace-common';
import { renderView } from '../../testUtils/renderView';
import { CheckFacts } from './CheckFacts';

const check: HealthCheck = {
  protocol: 'HTTP',
  path: '/health',
  intervalMs: 5_000,
  timeoutMs: 2_000,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

describe('CheckFacts', () => {
  it.each([
    ['traffic-port', 'HTTP /health on the traffic port'],
    ['traffic port', 'HTTP /health on the traffic port'],
    ['8080', 'HTTP /health on port 8080'],
    [undefined, 'HTTP /health'],
  ])('names the port %s in words', async (port, words) => {
    renderView(<CheckFacts check={{ ...check, port }} />, '/health-checks');
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
