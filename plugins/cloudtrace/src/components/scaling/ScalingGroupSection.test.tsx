import type { ScalingGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderTab } from '../../testUtils/renderTab';

/** Shows the scaling history of a changed demo group. */
function renderGroup(
  change: (group: ScalingGroup) => Partial<ScalingGroup>,
): void {
  renderTab('/scaling-history?live=off', {
    api: {
      async getScaling(...query) {
        const scaling = await createDemoApi().getScaling(...query);
        const [group] = scaling.groups;
        return { ...scaling, groups: [{ ...group, ...change(group) }] };
      },
    },
  });
}

describe('ScalingGroupSection', () => {
  it('reports once that the limits contradict each other', async () => {
    renderGroup(({ capacity }) => ({
      limit: 'at-max',
      capacity: { ...capacity, inService: 2, desired: 2, min: 6, max: 2 },
    }));
    expect(
      await screen.findByText(/the minimum of 6 is above the maximum of 2/),
    ).toBeInTheDocument();
    expect(screen.getByText('2 in service, 2 desired')).toBeInTheDocument();
    expect(screen.queryByText('at its maximum')).not.toBeInTheDocument();
  });

  it('distinguishes unknown limits from a fixed size', async () => {
    renderGroup(({ capacity, capacitySeries }) => ({
      limit: 'unknown',
      capacity: { ...capacity, min: undefined, max: undefined },
      capacitySeries: capacitySeries.map(({ min, max, ...point }) => point),
      suspendedProcesses: undefined,
    }));
    expect(await screen.findByText('limits unknown')).toBeInTheDocument();
    expect(screen.getByText('Unknown; see Diagnostics.')).toBeInTheDocument();
    expect(screen.queryByText('Minimum')).not.toBeInTheDocument();
    expect(screen.getByText('Desired')).toBeInTheDocument();
  });

  it('names a fixed size, and the period that a sum covers', async () => {
    renderGroup(({ capacity, drivers }) => ({
      limit: 'fixed',
      capacity: { ...capacity, inService: 3, desired: 3, min: 3, max: 3 },
      drivers: [
        {
          ...drivers[0],
          label: 'Requests',
          statistic: 'Sum',
          perStepMs: 300_000,
        },
      ],
    }));
    expect(await screen.findByText('fixed size')).toBeInTheDocument();
    expect(
      screen.getByText('3 in service, 3 desired, minimum and maximum 3'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Requests (sum per 5\u202fmin)' }),
    ).toBeInTheDocument();
  });
});
