import type { InstanceSample, LiveMessage } from '../api/types';

const keptMs = 600_000;

export interface LiveState {
  readonly connection: 'connecting' | 'open' | 'reconnecting' | 'signed-out';
  readonly latest: Omit<LiveMessage, 'samples'> | undefined;
  /** Oldest first. */
  readonly samples: readonly InstanceSample[];
  /** Changes of the instance at the other end, newest first. */
  readonly moves: readonly { at: string; from: string; to: string }[];
}

export type LiveEvent =
  { kind: 'message'; data: string } | { kind: 'closed'; code: number };

export const initialLive: LiveState = {
  connection: 'connecting',
  latest: undefined,
  samples: [],
  moves: [],
};

export function reduceLive(state: LiveState, event: LiveEvent): LiveState {
  if (event.kind === 'closed') {
    const connection = event.code === 1008 ? 'signed-out' : 'reconnecting';
    return { ...state, connection };
  }
  const { samples, ...latest } = JSON.parse(event.data) as LiveMessage;
  const oldest = new Date(Date.parse(latest.now) - keptMs).toISOString();
  return {
    connection: 'open',
    latest,
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

/** The newest sample of each instance, and what it says about now. */
export function instancesNow(state: LiveState): InstanceNow[] {
  const { latest } = state;
  if (!latest) return [];
  const newest = new Map(
    state.samples.map(sample => [sample.instanceId, sample]),
  );
  return [...newest.values()]
    .map(sample => {
      const silentMs = Date.parse(latest.now) - Date.parse(sample.sampledAt);
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
