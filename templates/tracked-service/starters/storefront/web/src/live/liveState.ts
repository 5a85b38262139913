import type { InstanceSample, LiveMessage } from '../api/types';

const keptMs = 600_000;

export interface LiveState {
  readonly connection: 'connecting' | 'open' | 'reconnecting' | 'signed-out';
  readonly latest: Omit<LiveMessage, 'samples'> | undefined;
  /** When the last message came, by this device's clock. */
  readonly receivedAtMs: number;
  /** Since then, by the same clock: figures do not become older only when a message says so. */
  readonly silentMs: number;
  /** Oldest first. */
  readonly samples: readonly InstanceSample[];
  /** Changes of the instance at the other end, newest first. */
  readonly moves: readonly { at: string; from: string; to: string }[];
}

/** `atMs` is this device's clock. */
export type LiveEvent =
  | { kind: 'message'; data: string; atMs: number }
  | { kind: 'closed'; code: number }
  | { kind: 'tick'; atMs: number };

export const initialLive: LiveState = {
  connection: 'connecting',
  latest: undefined,
  receivedAtMs: 0,
  silentMs: 0,
  samples: [],
  moves: [],
};

export function reduceLive(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case 'message':
      return afterMessage(state, event);
    case 'closed':
      return {
        ...state,
        connection: event.code === 1008 ? 'signed-out' : 'reconnecting',
      };
    default:
      return afterTick(state, event.atMs);
  }
}

function afterTick(state: LiveState, atMs: number): LiveState {
  if (!state.latest) return state;
  return { ...state, silentMs: Math.max(0, atMs - state.receivedAtMs) };
}

function afterMessage(
  state: LiveState,
  { data, atMs }: { data: string; atMs: number },
): LiveState {
  const { samples, ...latest } = JSON.parse(data) as LiveMessage;
  const oldest = new Date(Date.parse(latest.now) - keptMs).toISOString();
  return {
    connection: 'open',
    latest,
    receivedAtMs: atMs,
    silentMs: 0,
    samples: merge(state.samples, samples).filter(
      sample => sample.sampledAt > oldest,
    ),
    moves: movesAfter(state, latest),
  };
}

/** After a reconnection, the other instance sends the history again. */
function merge(
  known: readonly InstanceSample[],
  added: readonly InstanceSample[],
): InstanceSample[] {
  const all = new Map(
    [...known, ...added].map(sample => [
      `${sample.instanceId} ${sample.sampledAt}`,
      sample,
    ]),
  );
  return [...all.values()].sort((a, b) => (a.sampledAt < b.sampledAt ? -1 : 1));
}

function movesAfter(
  state: LiveState,
  { answeredBy, now }: Omit<LiveMessage, 'samples'>,
): LiveState['moves'] {
  const before = state.latest?.answeredBy;
  if (!before || before === answeredBy) return state.moves;
  return [{ at: now, from: before, to: answeredBy }, ...state.moves].slice(
    0,
    5,
  );
}

export interface InstanceNow {
  readonly sample: InstanceSample;
  readonly state: 'in service' | 'silent' | 'stopped';
  readonly silentSeconds: number;
}

/** An instance that misses so many samples is not known to be in service. */
export const missedSamples = 3;

/** The service's clock now: that of its last message, and the time since then. */
export const nowOf = ({ latest, silentMs }: LiveState): number =>
  Date.parse(latest?.now ?? '') + silentMs;

/** Whether so many messages are missing that the last figures say nothing about now. */
export const isStale = ({ latest, silentMs }: LiveState): boolean =>
  latest !== undefined && silentMs > latest.samplePeriodMs * missedSamples;

/** The newest sample of each instance, and what it says about now. */
export function instancesNow(state: LiveState): InstanceNow[] {
  const { latest } = state;
  if (!latest) return [];
  const newest = new Map(
    state.samples.map(sample => [sample.instanceId, sample]),
  );
  return [...newest.values()]
    .map(sample => {
      const silentMs = nowOf(state) - Date.parse(sample.sampledAt);
      const silent = silentMs > latest.samplePeriodMs * missedSamples;
      return {
        sample,
        state: stateOf(sample.leaving, silent),
        silentSeconds: Math.round(silentMs / 1_000),
      };
    })
    .sort((a, b) => a.sample.instanceId.localeCompare(b.sample.instanceId));
}

function stateOf(leaving: boolean, silent: boolean): InstanceNow['state'] {
  if (leaving) return 'stopped';
  return silent ? 'silent' : 'in service';
}
