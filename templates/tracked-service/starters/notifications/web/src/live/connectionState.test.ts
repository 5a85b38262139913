import { describe, expect, it } from 'vitest';
import {
  describeConnection,
  offlineAfterMs,
  reduceConnection,
  startConnecting,
  type ConnectionEvent,
} from './connectionState';

const after = (...events: ConnectionEvent[]) =>
  events.reduce(reduceConnection, startConnecting(0));
const view = (
  nowMs: number,
  browserOnline: boolean,
  ...events: ConnectionEvent[]
) => describeConnection(after(...events), { nowMs, browserOnline });
const opened = { type: 'opened', instanceId: 'web-1', atMs: 1_000 } as const;

describe('the state of the connection', () => {
  it('is live only while a connection is open', () => {
    expect(view(0, true)).toEqual({ label: 'Connecting', sinceMs: 0 });
    expect(view(1_000, true, opened)).toEqual({ label: 'Live' });
  });

  it('says since when nothing arrives, whatever the attempts since then did', () => {
    const lost = [
      opened,
      { type: 'ended', atMs: 5_000 },
      { type: 'ended', atMs: 9_000 },
    ] as const;
    expect(view(9_000, true, ...lost)).toEqual({
      label: 'Reconnecting',
      sinceMs: 5_000,
    });
    expect(view(5_000 + offlineAfterMs, true, ...lost)).toEqual({
      label: 'Offline',
      sinceMs: 5_000,
    });
  });

  it('is offline at once if the browser says so', () => {
    expect(
      view(5_001, false, opened, { type: 'ended', atMs: 5_000 }).label,
    ).toBe('Offline');
  });

  it('was never live if the first attempts fail', () => {
    expect(view(20_000, true, { type: 'ended', atMs: 19_000 })).toEqual({
      label: 'Offline',
      sinceMs: 0,
    });
  });
});
