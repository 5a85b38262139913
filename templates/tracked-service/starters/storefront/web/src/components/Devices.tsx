import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request';
import type { Device } from '../api/types';
import { Button } from './Button';
import { describeUserAgent } from './describeUserAgent';
import { ErrorNote } from './ErrorNote';
import { Loading } from './Loading';
import { Moment } from './Moment';

/** The sessions of the user, each of which can be ended. */
export function Devices() {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => request<Device[]>('GET', '/api/sessions'),
  });
  const end = useMutation({
    mutationFn: (path: string) => request('DELETE', path),
    onSuccess: (_result, path) =>
      path === '/api/sessions'
        ? client.resetQueries()
        : client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  return (
    <>
      <ul className="grid gap-3">
        {data.map(device => (
          <li key={device.id} className="flex flex-wrap items-center gap-3">
            <div className="min-w-0 flex-1">
              <p className="font-medium" title={device.userAgent}>
                {describeUserAgent(device.userAgent)}
                {device.current && (
                  <span className="ml-2 text-sm font-normal text-accent">
                    this device
                  </span>
                )}
              </p>
              <p className="text-sm text-soft">
                {device.ipAddress} · last seen <Moment at={device.lastSeenAt} />
              </p>
            </div>
            {!device.current && (
              <Button
                look="quiet"
                aria-label={`Sign out ${describeUserAgent(device.userAgent)}`}
                onClick={() => end.mutate(`/api/sessions/${device.id}`)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ErrorNote error={end.error} />
      <Button
        look="danger"
        className="mt-5"
        onClick={() => end.mutate('/api/sessions')}
      >
        Sign out everywhere
      </Button>
    </>
  );
}
