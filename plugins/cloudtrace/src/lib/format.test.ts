import { formatChange } from './change';
import {
  formatCount,
  formatDuration,
  formatExactTime,
  formatLatency,
  formatPercent,
  formatRate,
  formatSeconds,
  formatTick,
  fromInputValue,
  toInputValue,
} from './format';
import { formatUnit } from './formatUnit';
import { setLanguage } from './language';

const plain = (text: string | undefined) => text?.replace(/\u202f/g, ' ');

describe('format', () => {
  it('distinguishes requests within one second', () => {
    expect(formatExactTime(Date.parse('2026-03-01T12:03:10.007Z'), 'utc')).toBe(
      '1 Mar 12:03:10.007',
    );
  });

  it.each([
    [0, '0'],
    [0.123, '0.12'],
    [999, '999'],
    [999.96, '1 k'],
    [3200, '3.2 k'],
    [999_960, '1 M'],
    [12_345_678, '12.3 M'],
    [123_456_789, '123 M'],
    [undefined, '–'],
    [NaN, '–'],
  ])('formats the count %p as %p', (value, text) => {
    expect(plain(formatCount(value))).toBe(text);
  });

  it('shows a rate per second, or per minute below one', () => {
    expect(plain(formatRate(3600, 60_000))).toBe('60 req/s');
    expect(plain(formatRate(3, 60_000))).toBe('3 req/min');
    expect(plain(formatRate(3, 0))).toBe('–');
  });

  it('never shows a small share as zero', () => {
    expect(plain(formatPercent(0.0004))).toBe('< 0.1 %');
    expect(plain(formatPercent(0))).toBe('0 %');
    expect(plain(formatPercent(0.3333))).toBe('33 %');
    expect(plain(formatPercent(0.0123))).toBe('1.2 %');
  });

  it('never shows a share below 1 as 100 %', () => {
    expect(plain(formatPercent(1))).toBe('100 %');
    expect(plain(formatPercent(0.9999999))).toBe('> 99.99 %');
    expect(plain(formatPercent(0.99986))).toBe('99.98 %');
    expect(plain(formatPercent(0.998))).toBe('99.8 %');
    expect(plain(formatPercent(0.985))).toBe('99 %');
  });

  it('chooses the unit of a latency', () => {
    expect(plain(formatLatency(0.42))).toBe('0.42 ms');
    expect(plain(formatLatency(38.44))).toBe('38.4 ms');
    expect(plain(formatLatency(999.6))).toBe('1 s');
    expect(plain(formatLatency(1250))).toBe('1.25 s');
    expect(plain(formatLatency(125_000))).toBe('2 min 5 s');
  });

  it('shows durations with at most two units', () => {
    expect(plain(formatDuration(200_000))).toBe('3 min 20 s');
    expect(plain(formatDuration(90_061_000))).toBe('1 d 1 h');
    expect(plain(formatDuration(3_600_000))).toBe('1 h');
    expect(plain(formatDuration(120))).toBe('120 ms');
    expect(plain(formatSeconds(0))).toBe('< 1 s');
    expect(plain(formatSeconds(61_000))).toBe('1 min 1 s');
    expect(formatSeconds(undefined)).toBe('–');
  });

  it('keeps an instant through a datetime field in both time zones', () => {
    const ms = Date.parse('2026-11-21T12:03:00Z');
    expect(toInputValue(ms, 'utc')).toBe('2026-11-21T12:03');
    expect(fromInputValue(toInputValue(ms, 'utc'), 'utc')).toBe(ms);
    expect(fromInputValue(toInputValue(ms, 'local'), 'local')).toBe(ms);
    expect(fromInputValue('', 'utc')).toBeNaN();
  });

  it('shortens ticks with the width of the range', () => {
    const ms = Date.parse('2026-11-21T12:03:10Z');
    expect(formatTick(ms, 300_000, 'utc')).toBe('12:03:10');
    expect(formatTick(ms, 3_600_000, 'utc')).toBe('12:03');
    expect(formatTick(ms, 7 * 86_400_000, 'utc')).toBe('21 Nov');
  });

  it('shows changes the way people compare', () => {
    expect(plain(formatChange(112, 100))).toBe('+12 %');
    expect(plain(formatChange(97, 100))).toBe('−3 %');
    expect(plain(formatChange(230, 100))).toBe('× 2.3');
    expect(plain(formatChange(100.2, 100))).toBe('± 0 %');
    expect(plain(formatChange(0, 0))).toBe('± 0 %');
    expect(plain(formatChange(0, 4))).toBe('−100 %');
    expect(formatChange(5, 0)).toBeUndefined();
    expect(formatChange(5, undefined)).toBeUndefined();
    expect(formatChange(undefined, 5)).toBeUndefined();
  });

  it('formats units of metrics in the usual way', () => {
    expect(plain(formatUnit(74.2, '%'))).toBe('74 %');
    expect(plain(formatUnit(1.5, 's'))).toBe('1.5 s');
    expect(plain(formatUnit(2048, 'By'))).toBe('2 kB');
    expect(plain(formatUnit(0, 'By'))).toBe('0 B');
    expect(plain(formatUnit(3, 'widgets'))).toBe('3 widgets');
    expect(plain(formatUnit(4, '{user}/{instance}'))).toBe('4');
    expect(formatUnit(undefined, '%')).toBe('–');
  });
});

describe('format in German', () => {
  beforeAll(() => setLanguage('de'));
  afterAll(() => setLanguage('en'));

  it('formats numbers and dates in German', () => {
    expect(plain(formatCount(3200))).toBe('3,2 k');
    expect(plain(formatPercent(0.0004))).toBe('< 0,1 %');
    expect(plain(formatChange(230, 100))).toBe('× 2,3');
    expect(formatExactTime(Date.parse('2026-03-01T12:03:10.007Z'), 'utc')).toBe(
      '1. März 12:03:10.007',
    );
  });
});
