import { errorOfStatus } from './ClusterCallError';

it.each([
  ['30', 30_000],
  // A timer of more than 24 days would end at once.
  ['9999999', 600_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['-1', undefined],
  [null, undefined],
])('waits after "Retry-After: %s" for %p ms', (value, expected) => {
  expect(errorOfStatus(429, value).retryAfterMs).toBe(expected);
});
