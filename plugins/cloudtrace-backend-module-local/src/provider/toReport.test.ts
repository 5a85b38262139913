import type { FleetHistory, FleetState } from '../protocol/types';
import { targetGroupResource } from './resources';
import { toReport } from './toReport';

describe('toReport', () => {
  it('reports targets of a stopped zone as failing, not as unmeasured', () => {
    const state = {
      observedAt: '2026-01-01T12:00:00Z',
      services: [
        {
          definition: { name: 'shop' },
          status: 'running',
          targets: [
            { targetId: 'a:80', zone: 'local-a', state: 'healthy' },
            {
              targetId: 'b:80',
              zone: 'local-b',
              state: 'unavailable',
              reasonCode: 'Local.ZoneStopped',
            },
          ],
        },
      ],
    } as unknown as FleetState;
    const report = toReport(targetGroupResource('shop'), state, {
      services: {},
    } as unknown as FleetHistory);
    expect(report.targets).toMatchObject([
      { targetId: 'a:80', state: 'healthy' },
      {
        targetId: 'b:80',
        state: 'unhealthy',
        vendorState: 'unavailable',
        reasonCode: 'Local.ZoneStopped',
      },
    ]);
  });
});
