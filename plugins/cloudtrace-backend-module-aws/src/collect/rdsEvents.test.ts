import { rdsEventMeaning, rdsEvents } from './rdsEvents';

/** A text as RDS would send it, built from the pattern of a row. */
function exampleOf({ source }: RegExp): string {
  return source
    .replace(/^\^/, '')
    .replaceAll('.{1,200}?', 'orders-1')
    .replaceAll('\\', '');
}

describe('RDS and Aurora events', () => {
  it.each(
    rdsEvents.map(event => [event.id ?? exampleOf(event.pattern), event]),
  )('no other row hides %s', (_, event) => {
    const { pattern, category } = event as (typeof rdsEvents)[number];
    expect(rdsEventMeaning(`${exampleOf(pattern)}.`, [category])).toBe(event);
  });

  it('lists each id once', () => {
    const ids = rdsEvents.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(120);
  });

  it('begins and ends a failover only with events that explicitly do', () => {
    const idsOf = (kind: string) =>
      rdsEvents
        .filter(event => event.kind === kind)
        .map(({ id }) => id?.slice(-4))
        .sort();
    expect(idsOf('failover-started')).toEqual([
      '0013',
      '0070',
      '0072',
      '0073',
      '0181',
    ]);
    expect(idsOf('failover-completed')).toEqual([
      '0015',
      '0049',
      '0065',
      '0071',
      '0185',
    ]);
    expect(idsOf('failover-abandoned')).toEqual([
      '0034',
      '0069',
      '0186',
      '0187',
    ]);
  });

  it.each([
    ['Something that RDS says next year', 'failover'],
    ['Something that RDS says next year', 'availability'],
    ['Failover is on the agenda', 'notification'],
    ['A recovery of something', 'recovery'],
    ['DB instance is fine', 'failure'],
  ])('reads %p of the category %p as `other`', (message, category) => {
    expect(rdsEventMeaning(message, [category])).toEqual({ kind: 'other' });
  });

  it("knows the meaning of a category's events", () => {
    expect(
      rdsEventMeaning('Reset master credentials', ['configuration change']),
    ).toEqual({ kind: 'configuration' });
    expect(rdsEventMeaning('x', ['constructor'])).toEqual({ kind: 'other' });
  });

  it('reads long texts in one pass', () => {
    const text = 'Global failover to DB cluster '.repeat(50_000);
    expect(rdsEventMeaning(text, ['failover'])).toEqual({ kind: 'other' });
  });
});
