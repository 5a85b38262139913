import {
  CloudWatchClient,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import type { FastifyBaseLogger } from 'fastify';

const periodMs = 60_000;

/**
 * Publishes the metric that scales the group by active users.
 *
 * Every instance publishes the same figure, counted in the shared database, so alarms use the maximum; no leader is needed
 * and the metric survives any instance.
 */
export class ActiveUsersMetric {
  readonly #options: {
    readonly serviceDimension: string;
    readonly count: () => Promise<number>;
    readonly logger: FastifyBaseLogger;
    readonly client?: Pick<CloudWatchClient, 'send'>;
  };
  readonly #client: Pick<CloudWatchClient, 'send'>;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    /** Value of the dimension `ServiceName`. */
    serviceDimension: string;
    count: () => Promise<number>;
    logger: FastifyBaseLogger;
    client?: Pick<CloudWatchClient, 'send'>;
  }) {
    this.#options = options;
    this.#client =
      options.client ??
      new CloudWatchClient({
        requestHandler: { requestTimeout: 5_000, throwOnRequestTimeout: true },
      });
  }

  start(): void {
    this.#timer = setInterval(() => void this.publish(), periodMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Sends one figure; a failure is logged, because the service must not depend on its own scaling signal. */
  async publish(): Promise<void> {
    const { serviceDimension, count, logger } = this.#options;
    try {
      await this.#client.send(
        new PutMetricDataCommand({
          Namespace: 'CloudTrace/Service',
          MetricData: [
            {
              MetricName: 'ActiveUsers',
              Dimensions: [{ Name: 'ServiceName', Value: serviceDimension }],
              Value: await count(),
              Unit: 'Count',
            },
          ],
        }),
      );
    } catch (error) {
      logger.warn({ err: error }, 'the active users metric was not published');
    }
  }
}
