import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { fixRange, readEntityRef } from './scope';

describe('readEntityRef', () => {
  it.each([
    ['checkout', 'component:default/checkout'],
    [' Component:Default/Checkout ', 'component:default/checkout'],
    ['api:team/checkout', 'api:team/checkout'],
  ])('reads %s', (text, ref) => {
    expect(readEntityRef(text)).toBe(ref);
  });

  it.each(['', 'a b', 'a:b/c/d', 'a/b:c', 'component:default/..', 'x\u0000'])(
    'rejects %j',
    text => {
      expect(() => readEntityRef(text)).toThrow(
        `Invalid 'entityRef': it must be an entity reference such as component:default/checkout`,
      );
    },
  );
});

describe('fixRange', () => {
  it('converts times to UTC', () => {
    expect(
      fixRange({
        from: '2026-05-04T12:00:00+02:00',
        to: '2026-05-04T10:30Z',
      }),
    ).toEqual({
      from: '2026-05-04T10:00:00.000Z',
      to: '2026-05-04T10:30:00.000Z',
    });
  });

  it('goes back by the default range from a given end', () => {
    expect(fixRange({ to: '2026-05-04T10:00:00Z' }, DAY_MS).from).toBe(
      '2026-05-03T10:00:00.000Z',
    );
  });

  it.each([
    'yesterday',
    '2026-05-04',
    '2026-05-04T10:00:00',
    '2026-13-01T00:00Z',
  ])('rejects %s', from => {
    expect(() => fixRange({ from })).toThrow(`Invalid 'from'`);
  });
});
