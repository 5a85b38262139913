import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { OutboxWatch } from './OutboxWatch.js';

const logger = pino({ level: 'silent' });

function watch(...ages: (number | undefined)[]) {
  const warn = vi.spyOn(logger, 'warn').mockReset();
  const oldestSeconds = vi.fn<() => Promise<number | undefined>>();
  for (const age of ages) oldestSeconds.mockResolvedValueOnce(age);
  const outbox = { oldestSeconds };
  return { warn, outboxWatch: new OutboxWatch({ outbox, logger }) };
}

it.each([[undefined], [0], [60]])(
  'is content while the oldest event has waited %s s',
  async age => {
    const { warn, outboxWatch } = watch(age, age);
    await outboxWatch.check();
    await outboxWatch.report();
    expect(warn).not.toHaveBeenCalled();
  },
);

it('fails its check when an event has waited over a minute', async () => {
  await expect(watch(75).outboxWatch.check()).rejects.toThrow(
    'An event has waited 75 s to be published: no worker runs, or it cannot reach the event bus',
  );
});

it('warns once for each time that events begin to wait', async () => {
  const { warn, outboxWatch } = watch(61, 76, undefined, 61);
  for (let run = 0; run < 3; run += 1) await outboxWatch.report();
  expect(warn).toHaveBeenCalledTimes(1);
  await outboxWatch.report();
  expect(warn).toHaveBeenCalledTimes(2);
});
