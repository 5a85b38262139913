import type { Figures } from '../api/types';

export interface Tile {
  readonly label: string;
  readonly value: string;
  /** What the value is about. */
  readonly note: string;
  readonly alarming?: boolean;
}

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const orUnknown = (value: number | null | undefined) =>
  value === null || value === undefined ? 'unknown' : number.format(value);

/** The figures in words. A part that does not respond is unknown, not zero. */
export function describeFigures({
  outbox,
  consumerLag,
  deadLetters,
  cache,
  sockets,
  jobs,
}: Figures): Tile[] {
  return [
    {
      label: 'Outbox',
      value: orUnknown(outbox?.waiting),
      note: outboxNote(outbox),
    },
    {
      label: 'Consumer lag',
      value: orUnknown(consumerLag),
      note: 'published, not processed yet',
    },
    {
      label: 'Dead letters',
      value: orUnknown(deadLetters?.open),
      note: 'not replayed yet',
      alarming: (deadLetters?.open ?? 0) > 0,
    },
    { label: 'Cache hits', value: hitRatio(cache), note: cacheNote(cache) },
    {
      label: 'Open sockets',
      value: number.format(sockets.socketIo + sockets.serverSentEvents),
      note: `${sockets.socketIo} Socket.IO, ${sockets.serverSentEvents} Server-Sent Events, of this instance`,
    },
    {
      label: 'Jobs waiting',
      value: orUnknown(jobs?.waiting),
      note: jobsNote(jobs),
    },
    {
      label: 'Jobs failed',
      value: orUnknown(jobs?.failed),
      note: 'all attempts used up',
      alarming: (jobs?.failed ?? 0) > 0,
    },
  ];
}

function outboxNote(outbox: Figures['outbox']): string {
  if (!outbox) return 'committed, not published yet';
  if (outbox.oldestSeconds === null) return 'everything is published';
  return `the oldest has waited for ${number.format(outbox.oldestSeconds)} s`;
}

function hitRatio({ hits, misses }: Figures['cache']): string {
  const reads = hits + misses;
  return reads === 0 ? 'no reads' : `${number.format((hits / reads) * 100)} %`;
}

function cacheNote({ hits, misses, errors }: Figures['cache']): string {
  const failed = errors > 0 ? `, ${number.format(errors)} failed` : '';
  return `of ${number.format(hits + misses)} reads${failed}, of this instance since its start`;
}

function jobsNote(jobs: Figures['jobs']): string {
  if (!jobs) return 'the job queue does not respond';
  return `${jobs.active} active, ${jobs.delayed} scheduled`;
}
