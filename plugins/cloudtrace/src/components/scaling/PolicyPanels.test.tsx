import type {
  FleetNotice,
  ScalingActivityPage,
  ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderTab } from '../../testUtils/renderTab';

/** Shows the scaling history of a changed demo group. */
function renderScaling(
  change: Partial<
    Pick<ScalingGroup, 'policies' | 'scheduledActions' | 'activities'>
  >,
  notices: (resourceId: string) => FleetNotice[] = () => [],
  activities?: ScalingActivityPage['items'],
) {
  renderTab('/scaling-history', {
    api: {
      async getScaling(...query) {
        const scaling = await createDemoApi().getScaling(...query);
        const [group] = scaling.groups;
        return {
          ...scaling,
          groups: [{ ...group, ...change }],
          notices: notices(group.resource.id),
        };
      },
      async listScalingActivities(...query) {
        const page = await createDemoApi().listScalingActivities(...query);
        return activities ? { ...page, items: activities } : page;
      },
    },
  });
}

describe('PolicyPanels', () => {
  it('names missing parts where policies could not be read', async () => {
    renderScaling({ policies: undefined, scheduledActions: [] }, resourceId => [
      {
        code: 'access-denied',
        message: 'AWS refused autoscaling:DescribePolicies.',
        missingPermission: 'autoscaling:DescribePolicies',
        resourceId: 'another group',
      },
      {
        code: 'throttled',
        message: 'AWS throttled autoscaling:DescribePolicies (account 1).',
        resourceId,
      },
    ]);
    expect(
      await screen.findByText(
        'Unknown: AWS throttled autoscaling:DescribePolicies (account 1); see Diagnostics.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('No scaling policies.')).not.toBeInTheDocument();
    expect(screen.getByText('No scheduled actions.')).toBeInTheDocument();
  });

  it('names the missing permission', async () => {
    renderScaling({ policies: [], scheduledActions: undefined }, resourceId => [
      {
        code: 'access-denied',
        message: 'AWS refused autoscaling:DescribeScheduledActions.',
        missingPermission: 'autoscaling:DescribeScheduledActions',
        resourceId,
      },
    ]);
    expect(
      await screen.findByText(
        'Unknown: Missing permission: autoscaling:DescribeScheduledActions; see Diagnostics.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('No scaling policies.')).toBeInTheDocument();
  });

  it('does not claim that nothing scaled if activities could not be read', async () => {
    renderScaling(
      { activities: undefined },
      resourceId => [
        {
          code: 'access-denied',
          message: 'AWS refused autoscaling:DescribeScalingActivities.',
          missingPermission: 'autoscaling:DescribeScalingActivities',
          resourceId,
        },
      ],
      [],
    );
    expect(
      await screen.findByText(
        'Unknown: Missing permission: autoscaling:DescribeScalingActivities; see Diagnostics.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByText('Nothing scaled in this range.'),
    ).not.toBeInTheDocument();
  });

  it('omits the reason if no problem names it', async () => {
    renderScaling({ policies: undefined });
    expect(
      await screen.findByText('Unknown; see Diagnostics.'),
    ).toBeInTheDocument();
  });
});
