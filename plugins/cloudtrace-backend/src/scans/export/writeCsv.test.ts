import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { writeCsv } from './writeCsv';

const titleCell = (title: string) => {
  const finding = { tools: [], cves: [], cwes: [], title };
  const [, line] = writeCsv([finding as unknown as Finding]).split('\r\n');
  return line.split('","')[4];
};

describe('a CSV cell', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '|cmd',
    '%0A',
    '\t=1',
    ' =1',
    '\u00a0=1',
    '\uff1d1+1',
    '\uff0b1',
    '\uff0d1',
    '\uff20SUM(A1)',
    '\ufe631',
    '\u22121',
    '\u200b=1',
    '\u200d\ufeff\u2060=1',
    '\u00ad\uff1d1',
    '\u202e=1',
    '\u0000=1',
    '\u3164=1',
  ])('with the formula %j begins with an apostrophe', title => {
    expect(titleCell(title)).toBe(`'${title}`);
  });

  it.each(['a=1', 'eval', '1-1', '(=1)', 'é', ''])(
    'with %j stays unchanged',
    title => {
      expect(titleCell(title)).toBe(title);
    },
  );
});
