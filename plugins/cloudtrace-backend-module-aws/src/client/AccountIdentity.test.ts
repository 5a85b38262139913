import { AccountIdentity } from './AccountIdentity';

const keys = (expiration?: Date) => ({
  accessKeyId: 'AKIA',
  secretAccessKey: 's',
  expiration,
});

function setUp(load: jest.Mock) {
  const clock = { nowMs: Date.parse('2026-11-20T12:00:00Z') };
  const identity = new AccountIdentity({ load, now: () => clock.nowMs });
  return { clock, identity };
}

describe('AccountIdentity', () => {
  it('loads keys once for many callers, and again shortly before they expire', async () => {
    const load = jest.fn();
    const { clock, identity } = setUp(load);
    load.mockImplementation(async () =>
      keys(new Date(clock.nowMs + 3_600_000)),
    );
    await Promise.all([
      identity.provide(),
      identity.provide(),
      identity.provide(),
    ]);
    expect(load).toHaveBeenCalledTimes(1);
    clock.nowMs += 54 * 60_000;
    await identity.provide();
    expect(load).toHaveBeenCalledTimes(1);
    clock.nowMs += 2 * 60_000;
    await identity.provide();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('requests keys once per cycle if AWS denies them, and again in the next cycle', async () => {
    const load = jest.fn().mockRejectedValue(new Error('no'));
    const { clock, identity } = setUp(load);
    for (let call = 0; call < 20; call++) {
      await expect(identity.provide()).rejects.toThrow('no');
      await expect(identity.renew(0)).resolves.toBe(false);
    }
    expect(load).toHaveBeenCalledTimes(1);
    clock.nowMs += 60_000;
    load.mockResolvedValue(keys());
    await expect(identity.provide()).resolves.toEqual(keys());
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('renews rejected keys once for all calls, and not again soon', async () => {
    const load = jest.fn().mockImplementation(async () => keys());
    const { clock, identity } = setUp(load);
    await identity.provide();
    await expect(
      Promise.all([identity.renew(0), identity.renew(0), identity.renew(0)]),
    ).resolves.toEqual([true, true, true]);
    expect(load).toHaveBeenCalledTimes(2);
    clock.nowMs += 60_000;
    await expect(identity.renew(identity.generation)).resolves.toBe(false);
    expect(load).toHaveBeenCalledTimes(2);
    clock.nowMs += 5 * 60_000;
    await expect(identity.renew(identity.generation)).resolves.toBe(true);
    expect(load).toHaveBeenCalledTimes(3);
  });
});
