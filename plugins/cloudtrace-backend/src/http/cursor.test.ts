import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor';

const pair = (value: string, id: string) => [value, id];

describe('cursor', () => {
  it('decodes to the position that was encoded', () => {
    const text = fc
      .string({ unit: 'binary' })
      .filter(value => !value.includes('\u0000'));
    fc.assert(
      fc.property(text, text, (value, id) => {
        const cursor = encodeCursor([value, id]);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, pair)).toEqual([value, id]);
      }),
    );
  });

  it.each([
    'x',
    '',
    encodeCursor([]),
    encodeCursor(['only one']),
    encodeCursor(['one', 'two', 'three']),
    encodeCursor(['one', 'two\u0000']),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('{"0":"a","1":"b","length":2}').toString('base64url'),
  ])('rejects %j', cursor => {
    expect(() => decodeCursor(cursor, pair)).toThrow(InputError);
  });

  it('rejects a position that the list does not accept', () => {
    expect(() =>
      decodeCursor(encodeCursor(['a', 'b']), () => undefined),
    ).toThrow(/start again without it/);
  });
});
