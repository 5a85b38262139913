import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  DurationHistogram,
  percentileMs,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  emptyOutcome,
  SPAN_REJECTIONS,
  type IngestOutcome,
  type IngestStatistics,
} from './types';

/** Number of commits kept for latency percentiles. */
const RECENT_COMMITS = 512;

/** Values that the meter reads on demand. */
export interface IngestGauges {
  queueBytes(): number;
  maxQueueBytes: number;
  waitingSpans(): number;
}

/**
 * Measures ingest: as metrics of the backend, and as plain numbers for
 * Diagnostics.
 */
export class IngestMeter {
  readonly #statistics: Omit<IngestStatistics, 'queue'>;
  readonly #latenciesMs: number[] = [];
  #latencyAt = 0;
  readonly #instruments: ReturnType<typeof createInstruments>;
  readonly #gauges: IngestGauges;

  constructor(metrics: MetricsService, gauges: IngestGauges) {
    this.#gauges = gauges;

    this.#instruments = createInstruments(metrics, gauges);
    this.#statistics = {
      since: new Date(),
      spans: emptyOutcome(),
      answers: {},
      commits: { count: 0, failed: 0, lastBatchSpans: 0 },
    };
  }

  read(): IngestStatistics {
    const { spans, commits, answers, since } = this.#statistics;
    return {
      since,
      spans: {
        stored: spans.stored,
        ignored: spans.ignored,
        duplicate: spans.duplicate,
        rejected: { ...spans.rejected },
      },
      answers: { ...answers },
      commits: { ...commits, latencyMs: this.#percentiles() },
      queue: {
        bytes: this.#gauges.queueBytes(),
        maxBytes: this.#gauges.maxQueueBytes,
        waitingSpans: this.#gauges.waitingSpans(),
      },
    };
  }

  countAnswer(status: number): void {
    const { answers } = this.#statistics;
    answers[status] = (answers[status] ?? 0) + 1;
    this.#instruments.answers.add(1, { status });
  }

  countOutcome(outcome: IngestOutcome): void {
    const { spans } = this.#statistics;
    for (const kind of ['stored', 'ignored', 'duplicate'] as const) {
      if (outcome[kind] > 0) {
        spans[kind] += outcome[kind];
        this.#instruments.spans.add(outcome[kind], { outcome: kind });
      }
    }
    for (const reason of SPAN_REJECTIONS) {
      if (outcome.rejected[reason] > 0) {
        spans.rejected[reason] += outcome.rejected[reason];
        this.#instruments.spans.add(outcome.rejected[reason], {
          outcome: 'rejected',
          reason,
        });
      }
    }
  }

  /** Counts spans of services that were rejected as a whole. */
  countRefused(reason: string, spans: number): void {
    this.#instruments.spans.add(spans, { outcome: 'rejected', reason });
  }

  countCommit(spans: number, durationMs: number): void {
    const { commits } = this.#statistics;
    commits.count++;
    commits.lastBatchSpans = spans;
    commits.lastCommittedAt = new Date();
    this.#latenciesMs[this.#latencyAt++ % RECENT_COMMITS] = durationMs;
    this.#instruments.batchSpans.record(spans);
    this.#instruments.commitDuration.record(durationMs / 1000);
  }

  countFailure(error: Error): void {
    const { commits } = this.#statistics;
    commits.failed++;
    commits.lastError = { at: new Date(), message: error.message };
    this.#instruments.failures.add(1);
  }

  #percentiles(): IngestStatistics['commits']['latencyMs'] {
    const durations = new DurationHistogram();
    for (const latencyMs of this.#latenciesMs) durations.add(latencyMs * 1000);
    const longestUs = Math.max(...this.#latenciesMs) * 1000;
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share =>
      percentileMs(durations, share, longestUs),
    );
    return p50 === undefined || p95 === undefined || p99 === undefined
      ? undefined
      : { p50, p95, p99 };
  }
}

function createInstruments(metrics: MetricsService, gauges: IngestGauges) {
  metrics
    .createObservableGauge('cloudtrace.ingest.queue.bytes', {
      description: 'Size of the request bodies being read or decoded',
      unit: 'By',
    })
    .addCallback(result => result.observe(gauges.queueBytes()));
  metrics
    .createObservableGauge('cloudtrace.ingest.waiting.spans', {
      description: 'Spans waiting to be committed',
      unit: '{span}',
    })
    .addCallback(result => result.observe(gauges.waitingSpans()));
  return {
    spans: metrics.createCounter('cloudtrace.ingest.spans.count', {
      description: 'Spans by outcome, rejected ones by reason',
      unit: '{span}',
    }),
    answers: metrics.createCounter('cloudtrace.ingest.answers.count', {
      description: 'Responses to export requests by HTTP status',
      unit: '{request}',
    }),
    failures: metrics.createCounter('cloudtrace.ingest.commit_failures.count', {
      description: 'Failed transactions; their senders retry',
      unit: '{commit}',
    }),
    batchSpans: metrics.createHistogram('cloudtrace.ingest.batch.spans', {
      description: 'Spans per transaction',
      unit: '{span}',
    }),
    commitDuration: metrics.createHistogram(
      'cloudtrace.ingest.commit.duration',
      { description: 'Duration of a transaction', unit: 's' },
    ),
  };
}
