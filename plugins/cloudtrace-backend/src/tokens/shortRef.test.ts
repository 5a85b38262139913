import { shortRef } from './shortRef';

describe('shortRef', () => {
  it.each([
    ['main', 'main'],
    ['refs/heads/main', 'main'],
    ['refs/heads/release/1', 'release/1'],
    ['refs/heads/refs/heads/main', 'main'],
    ['refs/tags/main', 'refs/tags/main'],
    ['refs/pull/7/merge', 'refs/pull/7/merge'],
    ['heads/main', 'heads/main'],
    ['refs/heads/', 'refs/heads/'],
  ])('reads %s as %s', (ref, name) => {
    expect(shortRef(ref)).toBe(name);
  });
});
