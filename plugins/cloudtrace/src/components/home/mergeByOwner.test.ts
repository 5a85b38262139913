import type {
  FindingRollupGroup,
  FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import { mergeFindings, mergeServices } from './mergeByOwner';

const service = (name: string, severity: FleetService['severity']) =>
  ({ entityRef: `component:default/${name}`, severity } as FleetService);
const group = (key: string, counts: Partial<FindingRollupGroup['open']>) =>
  ({
    key,
    open: { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...counts },
  } as FindingRollupGroup);

it('lists a service of several owners once, worst first', () => {
  const merged = mergeServices([
    [service('a', 'warning'), service('b', 'ok')],
    [
      service('c', 'critical'),
      service('a', 'warning'),
      service('d', 'no-data'),
    ],
  ]);
  expect(merged.map(({ entityRef }) => entityRef.at(-1)).join('')).toBe('cabd');
});

it('lists services with open findings only, the worst first', () => {
  const merged = mergeFindings([
    [group('low', { low: 90 }), group('none', {})],
    [
      group('two', { critical: 2 }),
      group('one', { critical: 1, high: 9 }),
      group('low', { low: 90 }),
    ],
  ]);
  expect(merged.map(({ key }) => key)).toEqual(['two', 'one', 'low']);
});
