import { describePermanentFault } from './describePermanentFault';

const databaseError = (code: string, more: object = {}) =>
  Object.assign(new Error('secret content'), {
    code,
    severity: 'ERROR',
    ...more,
  });

describe('describePermanentFault', () => {
  it.each<[string, Error, RegExp]>([
    ['a value', databaseError('22021'), /cannot be stored: PostgreSQL 22021/],
    ['a number out of range', databaseError('22003'), /22003/],
    [
      'a missing column',
      databaseError('23502', { table: 'findings', column: 'title' }),
      /\(findings\.title\): PostgreSQL 23502/,
    ],
    [
      'a constraint',
      databaseError('23514', { constraint: 'title_2' }),
      /\(title_2\): PostgreSQL 23514/,
    ],
    [
      'a constraint of a shard, which only the message names',
      Object.assign(
        new Error(
          'INSERT … - new row for relation "findings_102062" violates check constraint "no_title_102062"',
        ),
        { code: '23514', severity: 'ERROR' },
      ),
      /\(no_title\): PostgreSQL 23514/,
    ],
    ['a row of an index', databaseError('54000'), /54000/],
    ['a bug', new TypeError('secret content'), /TypeError/],
  ])('describes a permanent fault: %s', (_, error, message) => {
    expect(describePermanentFault(error)).toMatch(message);
    expect(describePermanentFault(error)).not.toContain('secret content');
  });

  it.each<[string, Error]>([
    ['a lost connection', databaseError('08006')],
    ['a deadlock', databaseError('40P01')],
    ['a serialization failure', databaseError('40001')],
    ['no more connections', databaseError('53300')],
    ['no more space', databaseError('53100')],
    ['a shutdown', databaseError('57P01')],
    ['a time limit', databaseError('57014')],
    ['a table that is not there yet', databaseError('42P01')],
    ['a refused socket', Object.assign(new Error(), { code: 'ECONNREFUSED' })],
    ['an ended socket', new Error('Connection terminated unexpectedly')],
    ['a full pool', Object.assign(new Error(), { name: 'KnexTimeoutError' })],
    ['a failed call', new TypeError('fetch failed', { cause: new Error() })],
  ])('returns nothing for a temporary fault: %s', (_, error) => {
    expect(describePermanentFault(error)).toBeUndefined();
  });
});
