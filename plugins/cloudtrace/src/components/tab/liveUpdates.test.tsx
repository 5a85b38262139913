import { signalApiRef } from '@backstage/plugin-signals-react';
import { focusManager } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import type { CloudtraceApi } from '../../api';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderTab } from '../../testUtils/renderTab';

const STEP_MS = 500;

/** Advances time, with a signal of new requests every two seconds. */
async function pass(ms: number, ping?: () => void) {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await act(async () => {
      await jest.advanceTimersByTimeAsync(STEP_MS);
      if (passed % 2_000 === 0) ping?.();
    });
  }
}

/** Opens a view with slow responses, and counts the calls. */
async function open(options: { path: string; answerMs: () => number }) {
  const listeners = new Set<(message: any) => void>();
  const demo = createDemoApi();
  const calls: Array<{ name: string; signal?: AbortSignal; done: boolean }> =
    [];
  const counted =
    (name: keyof CloudtraceApi) =>
    async (...args: any[]) => {
      const call = { name, signal: args.at(-1)?.signal, done: false };
      calls.push(call);
      await new Promise(resolve => setTimeout(resolve, options.answerMs()));
      const answer = await (demo[name] as any)(...args);
      call.done = true;
      return answer;
    };
  const names = Object.keys(demo) as Array<keyof CloudtraceApi>;
  renderTab(options.path, {
    api: Object.fromEntries(names.map(name => [name, counted(name)])),
    apis: [
      [
        signalApiRef,
        {
          subscribe(_: string, onMessage: (message: any) => void) {
            listeners.add(onMessage);
            return { unsubscribe: () => listeners.delete(onMessage) };
          },
        },
      ],
    ],
  });
  const ping = () =>
    listeners.forEach(listener => listener({ changed: ['requests'] }));
  return { calls, ping };
}

describe('live updates', () => {
  beforeAll(async () => {
    // Views are loaded lazily, which never finishes with fake timers.
    await import('.');
  });
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    focusManager.setFocused(undefined);
    jest.useRealTimers();
  });

  it('complete if responses take five seconds and signals arrive every two', async () => {
    const { calls, ping } = await open({
      path: '/overview',
      answerMs: () => 5_000,
    });
    await pass(20_000, ping);
    calls.length = 0;
    await pass(60_000, ping);
    expect(calls.filter(({ signal }) => signal?.aborted)).toEqual([]);
    const done = calls.filter(call => call.done && call.name === 'getOverview');
    expect(done.length).toBeGreaterThanOrEqual(5);
    expect(screen.getByText(/as of .*, \d+\ss ago/)).toBeInTheDocument();
    expect(screen.queryByText(/shows data from/)).not.toBeInTheDocument();
  });

  it('cost at most twenty calls a minute on Overview, and none when hidden', async () => {
    const { calls, ping } = await open({
      path: '/overview',
      answerMs: () => 100,
    });
    await pass(10_000, ping);
    calls.length = 0;
    await pass(60_000, ping);
    expect(calls.length).toBeGreaterThanOrEqual(10);
    expect(calls.length).toBeLessThanOrEqual(20);

    focusManager.setFocused(false);
    calls.length = 0;
    await pass(60_000, ping);
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it('report old data when responses stop', async () => {
    let answerMs = 100;
    const { ping } = await open({
      path: '/overview',
      answerMs: () => answerMs,
    });
    await pass(10_000, ping);
    answerMs = 3_600_000;
    const banner = () => screen.queryByText(/shows data from/);
    for (let second = 0; second < 20 && !banner(); second += 1) {
      await pass(1_000, ping);
    }
    expect(banner()).toHaveTextContent(/shows data from 1[56]\ss ago/);
  });
});
