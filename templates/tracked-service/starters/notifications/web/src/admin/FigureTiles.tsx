import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import type { Figures } from '../api/types';
import { ClockTime } from '../components/ClockTime';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { describeFigures } from './describeFigures';

const refreshMs = 2_000;

/** The figures of the service; if they cannot be renewed, the page says from when they are. */
export function FigureTiles() {
  const { data, error, dataUpdatedAt, failureCount } = useQuery({
    queryKey: ['admin', 'figures'],
    queryFn: () => request<Figures>('GET', '/api/admin/figures'),
    refetchInterval: refreshMs,
  });
  const stale = error !== null || failureCount > 0;
  if (!data) return error ? <ErrorNote error={error} /> : <Loading />;
  return (
    <>
      <ErrorNote error={error} />
      {stale && (
        <p role="status" className="mt-3 text-sm text-warning">
          Not renewed since <ClockTime atMs={dataUpdatedAt} />. What is true now
          is unknown.
        </p>
      )}
      <dl
        className={`mt-5 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 ${stale ? 'opacity-60' : ''}`}
      >
        {describeFigures(data).map(({ label, value, note, alarming }) => (
          <div
            key={label}
            className="rounded-3xl border border-line bg-panel p-4"
          >
            <dt className="text-sm text-soft">{label}</dt>
            <dd
              className={`mt-1 text-2xl font-medium tabular-nums ${alarming ? 'text-danger' : ''}`}
            >
              {value}
            </dd>
            <dd className="mt-0.5 text-xs text-soft">{note}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
