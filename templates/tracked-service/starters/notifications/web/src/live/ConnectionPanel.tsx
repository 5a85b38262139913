import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { request } from '../api/request';
import type { About } from '../api/types';
import { ClockTime } from '../components/ClockTime';
import { useNow } from '../components/useNow';
import { useInbox } from '../inbox/InboxProvider';
import { describeConnection, type ConnectionView } from './connectionState';
import { transports, type Transport } from './types';

const tones = {
  Live: 'bg-success',
  Connecting: 'bg-warning',
  Reconnecting: 'bg-warning',
  Offline: 'bg-danger',
  'Signed out': 'bg-danger',
};

const adapterNames = {
  eventBus: 'Event bus',
  jobQueue: 'Jobs',
  cache: 'Cache',
  fanOut: 'Fan-out',
};

/** Whether events arrive now, how, and from where. */
export function ConnectionPanel() {
  const { connection } = useInbox();
  const nowMs = useNow();
  const browserOnline = useSyncExternalStore(
    onNetworkChange,
    () => navigator.onLine,
  );
  const view = describeConnection(connection, { nowMs, browserOnline });
  const instanceId = connection.phase === 'live' ? connection.instanceId : null;
  return (
    <aside
      aria-label="Connection"
      className="rounded-3xl border border-line bg-panel p-4 text-sm"
    >
      <Status view={view} />
      <TransportChoice />
      <dl className="mt-4 grid grid-cols-2 gap-x-5 gap-y-1 lg:grid-cols-1">
        <Entry term="Instance">{instanceId ?? 'unknown'}</Entry>
        <Adapters />
      </dl>
    </aside>
  );
}

function Status({ view }: { view: ConnectionView }) {
  return (
    <p role="status" className="flex items-center gap-2 font-medium">
      <span className={`size-2.5 shrink-0 rounded-full ${tones[view.label]}`} />
      <span>
        {view.label}
        {view.label === 'Offline' && view.sinceMs !== undefined && (
          <>
            {' since '}
            <ClockTime atMs={view.sinceMs} />
          </>
        )}
      </span>
    </p>
  );
}

const transportNames: Record<Transport, string> = {
  'socket.io': 'Socket.IO',
  sse: 'Server-Sent Events',
};

function TransportChoice() {
  const { transport, chooseTransport } = useInbox();
  return (
    <fieldset className="mt-3">
      <legend className="sr-only">Transport</legend>
      <div className="flex rounded-full bg-sunken p-1">
        {transports.map(each => (
          <label
            key={each}
            className="grow cursor-pointer rounded-full px-2 py-1.5 text-center has-checked:bg-panel has-checked:font-medium has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="transport"
              className="sr-only"
              checked={each === transport}
              onChange={() => chooseTransport(each)}
            />
            {transportNames[each]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Adapters() {
  const { data } = useQuery({
    queryKey: ['about'],
    queryFn: () => request<About>('GET', '/api/about'),
  });
  return Object.entries(adapterNames).map(([key, name]) => (
    <Entry key={key} term={name}>
      {nameOf(data?.adapters[key as keyof typeof adapterNames])}
    </Entry>
  ));
}

const kindNames: Record<string, string> = {
  postgresql: 'PostgreSQL',
  'in-process': 'in memory',
  kafka: 'Kafka',
  redis: 'Redis',
};

function nameOf(kind: string | undefined): string {
  return kind === undefined ? 'unknown' : (kindNames[kind] ?? kind);
}

function Entry({ term, children }: { term: string; children: string }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-soft">{term}</dt>
      <dd className="text-right break-all">{children}</dd>
    </div>
  );
}

function onNetworkChange(notify: () => void): () => void {
  addEventListener('online', notify);
  addEventListener('offline', notify);
  return () => {
    removeEventListener('online', notify);
    removeEventListener('offline', notify);
  };
}
