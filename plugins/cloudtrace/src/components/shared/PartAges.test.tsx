import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { HealthView } from '../health';

it('shows on Health which part was not read, and for how long', async () => {
  const ago = (minutes: number) =>
    new Date(Date.now() - minutes * 60_000).toISOString();
  renderView(<HealthView />, '/health-checks?live=off', {
    api: {
      async getHealth(...query) {
        const health = await createDemoApi().getHealth(...query);
        const [group] = health.groups;
        const parts = [
          { part: 'targets' as const, readAt: ago(7), stale: true },
          { part: 'health-check' as const, readAt: ago(0) },
        ];
        const resource = { ...group.resource, stale: true, parts };
        return { ...health, groups: [{ ...group, resource }] };
      },
    },
  });
  expect(
    await screen.findByText(/^targets last read .*, 7.* ago$/),
  ).toBeInTheDocument();
  expect(screen.getByText(/^Last read: health check \d/)).toBeInTheDocument();
});
