import { readFingerprint } from './readFingerprint';

describe('readFingerprint', () => {
  it.each([
    ['matchBasedId/v1=requires login', undefined],
    ['9f86d081884c7d659a2f:2', '9f86d081884c7d659a2f'],
    ['a=9f86d081884c7d659a2f_11\nb=x', 'a=9f86d081884c7d659a2f\nb=x'],
    ['aws_s3_bucket.demo', 'aws_s3_bucket.demo'],
    [undefined, undefined],
    ['', undefined],
    [' \n', undefined],
    [' x=1\n', 'x=1'],
    ['requires\tlogin', undefined],
    ['9F86D081884C:2', '9F86D081884C'],
    // 11 digits are too few for a digest, and 7 are too many for a number.
    ['9f86d081884:2', '9f86d081884:2'],
    ['9f86d081884c:123456', '9f86d081884c'],
    ['9f86d081884c:1234567', '9f86d081884c:1234567'],
    ['9f86d081884c:', '9f86d081884c:'],
    ['9f86d081884c:2/3', '9f86d081884c:2/3'],
    ['9f86d081884c-2', '9f86d081884c-2'],
    ['9f86d081884g:2', '9f86d081884g:2'],
    ['a=9f86d081884c:1\nb=9f86d081884c:2', 'a=9f86d081884c\nb=9f86d081884c'],
  ])('reads %j as %j', (value, expected) => {
    expect(readFingerprint(value)).toBe(expected);
  });
});
