import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LiveHub } from './LiveHub.js';
import type { InstanceSample, LiveMessage } from './types.js';

class FakeSocket extends EventEmitter {
  readonly bufferedAmount = 0;
  readonly messages: LiveMessage[] = [];
  closedWith: number | undefined;

  close(code: number): void {
    this.closedWith = code;
  }

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

const createHub = (readSamples: () => Promise<InstanceSample[]>) =>
  new LiveHub({
    instanceId: 'web-1',
    samplePeriodMs: 3_000,
    activeWindowSeconds: 300,
    logger: pino({ level: 'silent' }),
    readSamples,
    countActiveUsers: () => Promise.resolve(1),
    seeSignedIn: ids => Promise.resolve(new Set(ids)),
  });

it('sends a sample that becomes visible after a newer one of another instance, and each only once', async () => {
  const visible = [sample('web-1', 1), sample('web-1', 4)];
  const hub = createHub(() => Promise.resolve([...visible]));
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

it('closes the dashboards with 1013 when there are no figures, and reports why', async () => {
  const failure = new Error('the database is away');
  let away = false;
  const hub = createHub(() =>
    away ? Promise.reject(failure) : Promise.resolve([]),
  );
  const socket = new FakeSocket();
  await hub.add(socket as never, 'session-1');
  expect(socket.closedWith).toBeUndefined();

  away = true;
  await expect(hub.update()).rejects.toBe(failure);
  expect(socket.closedWith).toBe(1013);
  expect(socket.messages).toHaveLength(1);
});
