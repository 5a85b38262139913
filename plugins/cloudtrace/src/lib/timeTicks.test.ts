import { timeTicks } from './timeTicks';

const at = (text: string) => Date.parse(`2026-03-01T${text}Z`);
const ticks = (from: string, to: string, most = 6) =>
  timeTicks({ fromMs: at(from), toMs: at(to) }, 'utc', most).map(ms =>
    new Date(ms).toISOString().slice(11, 16),
  );

describe('timeTicks', () => {
  it('marks round times, the same for axes that begin some seconds apart', () => {
    const marks = ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00'];
    expect(ticks('12:03:10', '13:03:10')).toEqual(marks);
    expect(ticks('12:03:00', '13:03:00')).toEqual(marks);
    expect(ticks('12:03:10', '13:03:10', 3)).toEqual(['12:30', '13:00']);
  });

  it('marks days in a month and seconds in a minute', () => {
    expect(
      timeTicks(
        { fromMs: at('05:00:00'), toMs: at('05:00:00') + 30 * 86_400_000 },
        'utc',
        6,
      ).every(ms => ms % 86_400_000 === 0),
    ).toBe(true);
    expect(
      timeTicks({ fromMs: at('12:00:03'), toMs: at('12:01:03') }, 'utc', 6),
    ).toHaveLength(6);
  });
});
