import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeriodicTask } from './PeriodicTask.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function task(run: () => Promise<void>): PeriodicTask {
  return new PeriodicTask({
    name: 'test',
    periodMs: 1_000,
    run,
    logger: pino({ level: 'silent' }),
  });
}

describe('PeriodicTask', () => {
  it('runs once per period until it is stopped, also after a failure', async () => {
    const run = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new Error('first'))
      .mockResolvedValue();
    const subject = task(run);
    subject.start();
    await vi.advanceTimersByTimeAsync(3_500);
    await subject.stop();
    await vi.advanceTimersByTimeAsync(3_500);

    expect(run).toHaveBeenCalledTimes(3);
  });

  it('does not start a second run during a run, and waits for it when stopped', async () => {
    let finish: () => void = () => undefined;
    const run = vi.fn(() => new Promise<void>(resolve => (finish = resolve)));
    const subject = task(run);
    subject.start();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(run).toHaveBeenCalledTimes(1);

    let stopped = false;
    const stopping = subject.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).toBe(false);
    finish();
    await stopping;
  });
});
