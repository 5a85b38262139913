import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';
import { uniteScans } from './uniteScans';

const scan = (more: Partial<NormalizedScan> = {}): NormalizedScan => ({
  tool: 'demo',
  findings: [],
  cuts: [],
  ...more,
});

describe('uniteScans', () => {
  it('merges by the effective category', () => {
    const scans = [
      scan({ category: 'a' }),
      scan({ category: 'b' }),
      scan({ category: 'a', tool: 'other' }),
    ];
    expect(uniteScans(scans, undefined)).toHaveLength(3);
    expect(
      uniteScans(scans, 'app').map(({ tool, category }) => [tool, category]),
    ).toEqual([
      ['demo', 'app'],
      ['other', 'app'],
    ]);
  });

  it('keeps why one of them is incomplete, and the latest time', () => {
    const early = new Date('2026-01-01');
    const late = new Date('2026-01-02');
    expect(
      uniteScans(
        [
          scan({ analysedAt: late, durationMs: 1 }),
          scan({ analysedAt: early, durationMs: 2, incomplete: 'one' }),
          scan({ incomplete: 'two' }),
        ],
        undefined,
      ),
    ).toEqual([
      scan({
        category: 'default',
        analysedAt: late,
        durationMs: 3,
        incomplete: {
          code: 'reasons',
          values: { first: 'one', rest: 'two' },
        },
        commit: undefined,
        toolVersion: undefined,
      }),
    ]);
  });

  it('reports the worst case of limits that do not cut results', () => {
    const cut = (total: number) => ({
      limit: 'tags per rule',
      total,
      kept: 10,
    });
    const [{ cuts }] = uniteScans(
      [scan({ cuts: [cut(12)] }), scan({ cuts: [cut(15)] }), scan()],
      undefined,
    );
    expect(cuts).toEqual([cut(15)]);
  });
});
