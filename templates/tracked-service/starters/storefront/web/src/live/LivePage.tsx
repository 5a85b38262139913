import type { ReactNode } from 'react';
import { Moment } from '../components/Moment';
import { Loading } from '../components/Loading';
import { SignInFirst } from '../components/SignInFirst';
import type { InstanceSample } from '../api/types';
import { LineChart, type Series } from './LineChart';
import {
  instancesNow,
  isStale,
  missedSamples,
  nowOf,
  type InstanceNow,
  type LiveState,
} from './liveState';
import { withGaps } from './withGaps';
import { useLive } from './useLive';

const spanMs = 600_000;
const colours = [
  'oklch(0.62 0.14 165)',
  'oklch(0.65 0.16 40)',
  'oklch(0.6 0.17 265)',
  'oklch(0.7 0.15 90)',
  'oklch(0.6 0.19 340)',
  'oklch(0.65 0.12 215)',
];

export default function LivePage() {
  return (
    <SignInFirst to="see the live dashboard" back="/live">
      <Dashboard />
    </SignInFirst>
  );
}

function Dashboard() {
  const state = useLive();
  const { latest } = state;
  const instances = instancesNow(state);
  return (
    <section className="pt-8">
      <h1 className="font-display text-3xl tracking-tight">Live</h1>
      <Connection state={state} />
      {!latest && state.connection === 'connecting' && <Loading />}
      {latest && (
        <>
          {isStale(state) ? (
            <p role="alert" className="mt-5 text-warning">
              No figures for {Math.round(state.silentMs / 1_000)} s: what
              happens now is unknown.
            </p>
          ) : (
            <Figures latest={latest} instances={instances} />
          )}
          <div className="mt-4 grid gap-4 lg:grid-cols-2">
            <LineChart
              title="CPU"
              unit="%"
              {...chartOf(state, sample => sample.cpuPercent)}
            />
            <LineChart
              title="Response time, 95th percentile"
              unit="ms"
              {...chartOf(state, sample => sample.p95Ms)}
            />
          </div>
          <Instances instances={instances} answeredBy={latest.answeredBy} />
        </>
      )}
    </section>
  );
}

function Figures(props: {
  latest: NonNullable<LiveState['latest']>;
  instances: readonly InstanceNow[];
}) {
  const { activeUsers, activeWindowSeconds, answeredBy } = props.latest;
  const inService = props.instances.filter(each => each.state === 'in service');
  return (
    <dl className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Figure label="Active users" value={activeUsers}>
        seen in the last {activeWindowSeconds / 60} min
      </Figure>
      <Figure label="Instances in service" value={inService.length}>
        {usersEach(activeUsers, inService.length)}
      </Figure>
      <Figure label="Requests" value={sum(inService)} unit="/s">
        over all instances
      </Figure>
      <Figure label="Answered by" value={answeredBy} small>
        this connection
      </Figure>
    </dl>
  );
}

function usersEach(activeUsers: number, instances: number): string {
  if (activeUsers === 0) return 'no active users';
  return instances === 0
    ? 'none has reported lately'
    : `${(activeUsers / instances).toFixed(1)} active users each`;
}

function Connection({ state }: { state: LiveState }) {
  const texts = {
    connecting: 'Connecting…',
    open: 'Connected',
    reconnecting: 'The connection was lost. Connecting to another instance…',
    'signed-out': 'You are signed out. Sign in again to go on.',
  };
  const tone = state.connection === 'open' ? 'bg-accent' : 'bg-warning';
  return (
    <div className="mt-2 text-sm text-soft" role="status">
      <p className="flex items-center gap-2">
        <span className={`size-2 rounded-full ${tone}`} />
        {texts[state.connection]}
      </p>
      {state.moves.map(({ at, from, to }) => (
        <p key={at}>
          <Moment at={at} />: moved from {from} to {to}
        </p>
      ))}
    </div>
  );
}

function Figure(props: {
  label: string;
  value: number | string;
  unit?: string;
  small?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="rounded-3xl border border-line bg-panel p-4">
      <dt className="text-sm text-soft">{props.label}</dt>
      <dd
        className={`mt-1 font-medium break-all tabular-nums ${props.small ? 'text-base leading-9' : 'text-3xl'}`}
      >
        {props.value}
        {props.unit && (
          <span className="text-base text-soft">{props.unit}</span>
        )}
      </dd>
      <dd className="text-xs text-soft">{props.children}</dd>
    </div>
  );
}

function Instances(props: {
  instances: readonly InstanceNow[];
  answeredBy: string;
}) {
  return (
    <div className="mt-4 overflow-x-auto rounded-3xl border border-line bg-panel">
      <table className="w-full text-sm">
        <caption className="sr-only">Instances</caption>
        <thead className="text-left text-soft">
          <tr>
            {['Instance', 'Zone', 'State', 'CPU', 'Median', 'Memory'].map(
              heading => (
                <th key={heading} scope="col" className="px-4 py-3 font-normal">
                  {heading}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {props.instances.map(({ sample, state, silentSeconds }) => (
            <tr key={sample.instanceId} className="border-t border-line">
              <th scope="row" className="px-4 py-3 text-left font-medium">
                {sample.instanceId}
                {sample.instanceId === props.answeredBy && (
                  <span className="ml-2 text-xs text-accent">answers you</span>
                )}
              </th>
              <td className="px-4">{sample.zone}</td>
              <td className="px-4 whitespace-nowrap">
                {state === 'silent' ? `no news for ${silentSeconds} s` : state}
              </td>
              <td className="px-4 tabular-nums">
                {state === 'in service'
                  ? `${sample.cpuPercent.toFixed(1)} %`
                  : 'unknown'}
              </td>
              <td className="px-4 whitespace-nowrap tabular-nums">
                {medianText(sample, state)}
              </td>
              <td className="px-4 whitespace-nowrap tabular-nums">
                {Math.round(sample.memoryBytes / 1_048_576)} MiB
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function medianText(
  sample: InstanceSample,
  state: InstanceNow['state'],
): string {
  if (state !== 'in service') return 'unknown';
  return sample.medianMs === null
    ? 'no requests'
    : `${sample.medianMs.toFixed(1)} ms`;
}

function sum(instances: readonly InstanceNow[]): string {
  return instances
    .reduce((total, { sample }) => total + sample.requestsPerSecond, 0)
    .toFixed(1);
}

function chartOf(
  state: LiveState,
  valueOf: (sample: InstanceSample) => number | null,
) {
  const ids = [...new Set(state.samples.map(sample => sample.instanceId))];
  const series: Series[] = ids.map((name, index) => ({
    name,
    colour: colours[index % colours.length] ?? 'currentColor',
    points: withGaps(
      state.samples
        .filter(sample => sample.instanceId === name)
        .map(sample => ({
          atMs: Date.parse(sample.sampledAt),
          value: valueOf(sample),
        })),
      (state.latest?.samplePeriodMs ?? 0) * missedSamples,
    ),
  }));
  return { series, endMs: nowOf(state), spanMs };
}
