import { screen } from '@testing-library/react';
import type { Judgement } from '@cloudtrace/plugin-cloudtrace-common';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { OverviewView } from './OverviewView';

const demo = createDemoApi();

describe('Overview', () => {
  it("shows the state of the service on the overview, and the backend's words for an unknown code", async () => {
    const reasons: Judgement[] = [
      {
        code: 'critical-findings',
        severity: 'warning',
        values: { count: 20 },
        text: '20 critical findings are open',
      },
      {
        code: 'of-a-newer-version',
        severity: 'info',
        values: {},
        text: 'Something new',
      },
    ];
    renderView(<OverviewView />, '/overview?live=off', {
      api: {
        getOverview: async (ref, query) => ({
          ...(await demo.getOverview(ref, query)),
          status: {
            severity: 'warning',
            reasons,
          },
        }),
      },
    });
    expect(
      await screen.findByText('20 critical findings are open. Something new.'),
    ).toBeInTheDocument();
  });

  it('marks the unfinished step in a sparkline', async () => {
    renderView(<OverviewView />, '/overview', {
      api: {
        async getOverview(ref, query) {
          const data = await demo.getOverview(ref, query);
          const lastMs = Date.now() - 20_000;
          return {
            ...data,
            to: new Date(lastMs + 60_000).toISOString(),
            figures: data.figures.map(figure => ({
              ...figure,
              series: [3, 2, 1, 0].map(minutes => ({
                t: new Date(lastMs - minutes * 60_000).toISOString(),
                value: minutes ? 9 : 1,
              })),
            })),
          };
        },
      },
    });
    await screen.findByText('What stands out');
    // Three figures are counted per step; health holds until it changes.
    expect(document.querySelectorAll('svg > [data-unfinished]')).toHaveLength(
      3,
    );
  });
});
