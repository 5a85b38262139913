import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Download } from './openDownload.js';
import { parseJob, type Job } from './parseJob.js';

/** External effects of an agent. Each call may fail; the job is then repeated. */
export interface AgentPorts {
  /** Waits for a message up to the queue's wait time. */
  receive(signal: AbortSignal): Promise<Message | undefined>;
  acknowledge(message: Message): Promise<void>;
  open(job: Job, signal: AbortSignal): Promise<Download>;
  store(job: Job, download: Download, signal: AbortSignal): Promise<void>;
  /** Reports the finished job as a request; the key makes retries harmless. */
  report(job: Job, idempotencyKey: string): Promise<void>;
}

const pauseAfterFailureMs = 2_000;

/**
 * Processes jobs from the queue, one at a time.
 *
 * A message is acknowledged last: if an agent dies, another one gets its job. A job that fails five times moves to the
 * dead-letter queue.
 */
export class DownloadAgent {
  readonly #ports: AgentPorts;
  readonly #logger: Logger;
  readonly #jobTimeoutMs: number;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: {
    ports: AgentPorts;
    logger: Logger;
    jobTimeoutMs: number;
  }) {
    this.#ports = options.ports;
    this.#logger = options.logger;
    this.#jobTimeoutMs = options.jobTimeoutMs;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Accepts no more jobs; resolves when the current one is done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!this.#isStopping()) {
      try {
        const message = await this.#ports.receive(signal);
        if (message) await this.#handle(message);
      } catch (error) {
        if (this.#isStopping()) return;
        this.#logger.error({ err: error }, 'the queue cannot be read');
        await sleep(pauseAfterFailureMs, undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #handle(message: Message): Promise<void> {
    const log = this.#logger.child({ messageId: message.MessageId });
    await trace
      .getTracer('download-agent')
      .startActiveSpan('download', { kind: SpanKind.CONSUMER }, async span => {
        try {
          const job = await this.#download(message);
          log.info({ key: job.key }, 'downloaded');
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          // Not acknowledged: it is delivered again, and finally moves to the dead-letter queue.
          log.warn({ err: error }, 'the job failed');
        } finally {
          span.end();
        }
      });
  }

  async #download(message: Message): Promise<Job> {
    const job = parseJob(message.Body);
    const signal = AbortSignal.timeout(this.#jobTimeoutMs);
    const download = await this.#ports.open(job, signal);
    await this.#ports.store(job, download, signal);
    await this.#ports.report(job, `download-${message.MessageId}`);
    await this.#ports.acknowledge(message);
    return job;
  }
}
