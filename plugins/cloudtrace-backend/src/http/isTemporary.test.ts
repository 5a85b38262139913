import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { isTemporary } from './isTemporary';

const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('isTemporary', () => {
  it.each([
    // Node.js and undici
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'].map(coded),
    Object.assign(new TypeError('fetch failed'), {
      cause: coded('ECONNREFUSED'),
    }),
    new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]),
    // SQLSTATE
    ...['08006', '40001', '40P01', '53100', '53300', '57014', '57P01'].map(
      coded,
    ),
    ...['57P03', '58030', '25006', '55P03'].map(coded),
    // Without a code
    new Error('Connection terminated unexpectedly'),
    new Error('select 1 - Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('No database connection within 2000 ms'),
    Object.assign(new Error('x'), { name: 'KnexTimeoutError' }),
    // The catalog
    Object.assign(new Error('x'), { name: 'ResponseError', statusCode: 502 }),
  ])('is true for %p', error => {
    expect(isTemporary(error)).toBe(true);
  });

  it.each([
    undefined,
    'ECONNREFUSED',
    new TypeError('x is not a function'),
    new InputError('Connection terminated unexpectedly, said the sender'),
    // Already a response; it needs no translation.
    new ServiceUnavailableError('Too many scans'),
    // SQLSTATE: our statement or our data
    ...['22P02', '23505', '42P01', '42601', '22021'].map(coded),
    Object.assign(new Error('x'), { name: 'ResponseError', statusCode: 404 }),
    new Error("insert 'Connection terminated' - value too long"),
  ])('is false for %p', error => {
    expect(isTemporary(error)).toBe(false);
  });
});
