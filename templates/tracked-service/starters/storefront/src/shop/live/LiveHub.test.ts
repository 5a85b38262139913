import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LiveHub } from './LiveHub.js';
import type { InstanceSample, LiveMessage } from './types.js';

class FakeSocket extends EventEmitter {
  readonly bufferedAmount = 0;
  readonly messages: LiveMessage[] = [];

  send(text: string): void {
    this.messages.push(JSON.parse(text) as LiveMessage);
  }
}

const sample = (instanceId: string, second: number): InstanceSample => ({
  instanceId,
  zone: 'a',
  sampledAt: `2026-11-30T10:00:0${second}.000Z`,
  cpuPercent: 1,
  memoryBytes: 1,
  requestsPerSecond: 1,
  medianMs: null,
  p95Ms: null,
  leaving: false,
});

it('sends a sample that becomes visible after a newer one of another instance, and each only once', async () => {
  const visible = [sample('web-1', 1), sample('web-1', 4)];
  const hub = new LiveHub({
    instanceId: 'web-1',
    samplePeriodMs: 3_000,
    activeWindowSeconds: 300,
    logger: pino({ level: 'silent' }),
    readSamples: () => Promise.resolve([...visible]),
    countActiveUsers: () => Promise.resolve(1),
    stillSignedIn: ids => Promise.resolve(new Set(ids)),
  });
  const socket = new FakeSocket();
  await hub.add(socket as never, 'session-1');
  visible.push(sample('web-2', 3));
  await hub.update();
  await hub.update();

  expect(socket.messages.map(({ samples }) => samples)).toEqual([
    [sample('web-1', 1), sample('web-1', 4)],
    [sample('web-2', 3)],
    [],
  ]);
});
