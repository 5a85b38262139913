import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { request } from '../api/request';
import type { DeadLetter } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Moment } from '../components/Moment';

const queryKey = ['admin', 'dead-letters'];

/** Messages that could not be processed: why, what they said, and the way to publish them again. */
export function DeadLetters() {
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () =>
      request<{ items: DeadLetter[] }>('GET', '/api/admin/dead-letters'),
    refetchInterval: 5_000,
  });
  return (
    <section>
      <h2 className="font-display text-2xl tracking-tight">Dead letters</h2>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p className="mt-2 text-soft">None: every message was processed.</p>
      )}
      <ul className="mt-3 grid gap-2">
        {data?.items.map(letter => (
          <Letter key={letter.id} letter={letter} />
        ))}
      </ul>
    </section>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const {
    id,
    topic,
    partition,
    offset,
    key,
    value,
    reason,
    attempts,
    failedAt,
  } = letter;
  return (
    <li className="rounded-2xl border border-line bg-panel p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="font-medium wrap-anywhere">{reason}</h3>
          <p className="mt-1 text-sm wrap-anywhere text-soft">
            {topic}, partition {partition}, offset {offset} · key {key} ·{' '}
            {attempts === 1 ? '1 attempt' : `${attempts} attempts`} ·{' '}
            <Moment at={failedAt} />
          </p>
        </div>
        <Replay id={id} reason={reason} replayedAt={letter.replayedAt} />
      </div>
      <details className="mt-2 text-sm">
        <summary className="cursor-pointer py-1 text-soft">Message</summary>
        <pre className="mt-1 max-h-64 overflow-auto rounded-xl bg-sunken p-3 text-xs wrap-anywhere whitespace-pre-wrap">
          {value || '(empty)'}
        </pre>
      </details>
    </li>
  );
}

function Replay(props: {
  id: string;
  reason: string;
  replayedAt: string | null;
}) {
  const { id, reason, replayedAt } = props;
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => request('POST', `/api/admin/dead-letters/${id}/replay`),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  if (replayedAt) {
    return (
      <p className="text-sm text-soft">
        Replayed <Moment at={replayedAt} />
      </p>
    );
  }
  return (
    <div>
      <Button
        look="quiet"
        aria-label={`Replay the message that failed with: ${reason}`}
        disabled={replay.isPending}
        onClick={() => replay.mutate()}
      >
        <RotateCcw size={16} aria-hidden /> Replay
      </Button>
      <ErrorNote error={replay.error} />
    </div>
  );
}
