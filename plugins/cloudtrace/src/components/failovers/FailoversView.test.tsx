import type {
  FailoverPage,
  FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';
import { screen, within } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { FailoversView } from './FailoversView';

/** Shows the failover history with a changed demo episode. */
function renderFailovers(
  change: Partial<FailoverSummary>,
  query = '',
  changedStatistics: Partial<FailoverPage['statistics']> = {},
) {
  renderView(<FailoversView />, `/failover-history${query}`, {
    api: {
      async listFailovers(...parameters) {
        const page = await createDemoApi().listFailovers(...parameters);
        const items = page.items.map(item => ({ ...item, ...change }));
        const { meanTimeToDetectMs: _, ...statistics } = page.statistics;
        return {
          ...page,
          items,
          statistics: { ...statistics, ...changedStatistics },
        };
      },
    },
  });
}

describe('Failover history', () => {
  it('shows its data', async () => {
    renderView(<FailoversView />, '/failover-history');
    expect(await screen.findByText('Mean time to recover')).toBeInTheDocument();
  });

  it('shows an unknown time to detect', async () => {
    renderFailovers({ timeToDetectMs: undefined });
    const card = await screen.findByRole('article', {
      name: /^(Instance|Zone) /,
    });
    expect(
      within(card).getByText('time to detect unknown'),
    ).toBeInTheDocument();
    expect(within(card).getByText('unknown')).toBeInTheDocument();
    // The figure for all episodes has no value either.
    expect(screen.getAllByText('unknown')).toHaveLength(2);
  });

  it.each([
    [{ requestsFailed: undefined, impactUnknown: 1 }, 'unknown'],
    [{ requestsFailed: 3, impactUnknown: 2 }, '3unknown for 2 failovers'],
    [{ requestsFailed: 0, impactUnknown: 0 }, '0'],
  ])('shows the failed requests of %j as %s', async (statistics, text) => {
    renderFailovers({}, '', statistics);
    const label = await screen.findByText('Requests failed');
    expect(
      label.parentElement!.textContent!.replace(label.textContent!, ''),
    ).toBe(text);
  });

  it('names the loss of all targets once, with its known cost', async () => {
    renderFailovers({
      subject: { kind: 'all-targets', key: 'all', label: 'all targets' },
      flaps: 1,
      impact: { requestsFailed: 12 },
    });
    const card = await screen.findByRole('article', { name: 'All targets' });
    expect(
      within(card).getByText('recovered and failed again once'),
    ).toBeInTheDocument();
    expect(within(card).getByText('12 requests failed')).toBeInTheDocument();
  });

  it('opens an episode by the id of one that merged into it', async () => {
    renderFailovers({ previousIds: ['merged'] }, '?failover=merged');
    expect(
      await screen.findByRole('button', { name: 'Hide details' }),
    ).toHaveAttribute('aria-expanded', 'true');
  });
});
