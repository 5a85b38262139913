import { AwsCallError, PausedCallError } from './AwsCallError';
import { CallBreaker } from './CallBreaker';

const place = (iamAction: string) => ({
  iamAction,
  accountId: '111111111111',
  region: 'eu-central-1',
});
const failure = (iamAction: string, name: string) =>
  new AwsCallError(place(iamAction), Object.assign(new Error(), { name }));

function setUp(failures = 2) {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
  const breaker = new CallBreaker({
    handles: ({ code }) => code !== 'access-denied',
    failures,
    pausesMs: [60_000, 120_000],
  });
  const send = jest.fn();
  const call = async (error?: AwsCallError, action = 'a:Call') => {
    if (error) send.mockRejectedValueOnce(error);
    else send.mockResolvedValueOnce('answer');
    const thrown = await breaker.execute(place(action), send).then(
      () => undefined,
      e => e as AwsCallError,
    );
    send.mockReset();
    return thrown;
  };
  return { call, send, clock, breaker };
}

describe('CallBreaker', () => {
  afterEach(() => jest.restoreAllMocks());

  it('reports the first cause while it pauses, also for later failures', async () => {
    const { call, clock } = setUp();
    const first = failure('a:First', 'ExpiredToken');
    await call(first, 'a:First');
    await call(failure('a:Second', 'TimeoutError'), 'a:Second');
    for (const now of [1, 59_999]) {
      clock.mockReturnValue(now);
      const paused = (await call(undefined, 'a:Third')) as PausedCallError;
      expect(paused).toBeInstanceOf(PausedCallError);
      expect(paused.first).toBe(first);
      expect(paused.toProblem()).toMatchObject({
        code: 'expired-credentials',
        message: expect.stringMatching(/^a:Third is paused .*a:First failed/),
        nextStep: first.toProblem().nextStep,
      });
    }
    // The test call fails with another error than the first one.
    clock.mockReturnValue(60_000);
    await call(failure('a:Second', 'TimeoutError'), 'a:Second');
    expect(await call(undefined, 'a:First')).toMatchObject({ first });
  });

  it('pauses longer each time, and starts over after a response', async () => {
    const { call, clock } = setUp(1);
    const error = failure('a:Call', 'Throttling');
    let now = 0;
    const at = (ms: number) => clock.mockReturnValue((now += ms));
    await call(error);
    at(60_000);
    expect(await call(error)).toBe(error);
    at(60_000);
    expect(await call(error)).toBeInstanceOf(PausedCallError);
    at(60_000);
    expect(await call(error)).toBe(error);
    at(120_000);
    expect(await call()).toBeUndefined();
    expect(await call(error)).toBe(error);
    at(60_000);
    expect(await call(error)).toBe(error);
  });

  it('does not pause after denied calls, because AWS responded', async () => {
    const { call } = setUp();
    const refused = failure('a:Call', 'AccessDenied');
    const failed = failure('a:Call', 'TimeoutError');
    for (let i = 0; i < 10; i++) expect(await call(refused)).toBe(refused);
    expect(await call(failed)).toBe(failed);
    await call();
    expect(await call(failed)).toBe(failed);
    expect(await call(failed)).toBe(failed);
    expect(await call(failed)).toBeInstanceOf(PausedCallError);
  });
});
