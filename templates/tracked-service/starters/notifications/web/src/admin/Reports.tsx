import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import type { DailyReport } from '../api/types';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';

const number = new Intl.NumberFormat();

/** What the scheduled job counted for each day. */
export function Reports() {
  const { data, error, refetch } = useQuery({
    queryKey: ['admin', 'reports'],
    queryFn: () =>
      request<{ items: DailyReport[] }>('GET', '/api/admin/reports'),
  });
  return (
    <section>
      <h2 className="font-display text-2xl tracking-tight">Reports</h2>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p className="mt-2 text-soft">
          None yet: a scheduled job counts each day.
        </p>
      )}
      {data && data.items.length > 0 && <ReportTable items={data.items} />}
    </section>
  );
}

function ReportTable({ items }: { items: readonly DailyReport[] }) {
  return (
    <div className="mt-3 overflow-x-auto rounded-3xl border border-line bg-panel">
      <table className="w-full text-sm">
        <caption className="sr-only">Notifications for each day</caption>
        <thead className="text-soft">
          <tr>
            <th scope="col" className="px-4 py-3 text-left font-normal">
              Day
            </th>
            {['Accepted', 'Delivered', 'Read'].map(heading => (
              <th
                key={heading}
                scope="col"
                className="px-4 py-3 text-right font-normal"
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ day, accepted, delivered, read }) => (
            <tr key={day} className="border-t border-line">
              <th
                scope="row"
                className="px-4 py-3 text-left font-medium whitespace-nowrap"
              >
                {day}
              </th>
              {[accepted, delivered, read].map((count, index) => (
                <td key={index} className="px-4 py-3 text-right tabular-nums">
                  {number.format(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
