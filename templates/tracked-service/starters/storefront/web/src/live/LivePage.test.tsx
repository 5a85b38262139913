import { act, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../api/types';
import { serve, show } from '../testUtils';
import LivePage from './LivePage';

class FakeSocket {
  static opened: FakeSocket[] = [];
  onmessage: ((event: { data: string }) => void) | undefined;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.opened.push(this);
  }

  close(): void {}
}

const sample = {
  instanceId: 'web-1',
  zone: 'a',
  cpuPercent: 5,
  memoryBytes: 1_048_576,
  requestsPerSecond: 2,
  medianMs: 4,
  p95Ms: 8,
  leaving: false,
};

function messageAt(atMs: number): { data: string } {
  const now = new Date(atMs).toISOString();
  const message: LiveMessage = {
    answeredBy: 'web-1',
    now,
    samplePeriodMs: 3_000,
    activeUsers: 7,
    activeWindowSeconds: 300,
    samples: [{ ...sample, sampledAt: now }],
  };
  return { data: JSON.stringify(message) };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('shows no figures as current when none has come for three periods', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.stubGlobal('WebSocket', FakeSocket);
  serve(() => ({ body: { user: { id: 'u', name: 'Ada', role: 'customer' } } }));
  show(<LivePage />);
  await vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(1));
  act(() => FakeSocket.opened[0]?.onmessage?.(messageAt(Date.now())));
  expect(screen.getByText('Active users').nextSibling).toHaveTextContent('7');
  expect(screen.getByText('in service')).toBeInTheDocument();

  await act(() => vi.advanceTimersByTimeAsync(12_000));
  expect(screen.getByRole('alert')).toHaveTextContent(
    /^No figures for 1\d s: what happens now is unknown\.$/,
  );
  expect(screen.queryByText('Active users')).toBeNull();
  expect(screen.queryByText('in service')).toBeNull();

  act(() => FakeSocket.opened[0]?.onmessage?.(messageAt(Date.now())));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('in service')).toBeInTheDocument();
});
