import { unfinishedSince } from './unfinished';

const answer = {
  from: '2026-03-01T12:00:00Z',
  to: '2026-03-01T13:01:00Z',
  stepMs: 60_000,
};

describe('unfinishedSince', () => {
  it('is the start of the minute that still counts', () => {
    const now = Date.parse('2026-03-01T13:00:20Z');
    expect(unfinishedSince(answer, now)).toBe(
      Date.parse('2026-03-01T13:00:00Z'),
    );
  });

  it('is undefined when all minutes are complete', () => {
    const now = Date.parse('2026-03-01T14:00:20Z');
    expect(unfinishedSince(answer, now)).toBeUndefined();
  });
});
