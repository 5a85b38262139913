import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import type { ScanListener } from './ScanImportService';

const MAX_WAIT_MS = 5_000;

/**
 * A listener that never fails and never blocks the caller for long: the scan is
 * already stored, and its sender must get the response even if the catalog or
 * the notifications do not respond. Slow listeners continue in the background.
 */
export function boundListener(
  listener: ScanListener,
  logger: LoggerService,
  maxWaitMs: number = MAX_WAIT_MS,
): ScanListener {
  return {
    async onImported(entityRef, alarming) {
      const stop = new AbortController();
      const work = notify(listener, { entityRef, alarming, logger });
      const timeout = delay(maxWaitMs, undefined, { signal: stop.signal }).then(
        () =>
          logger.warn(
            `Notifying owners of new findings of ${entityRef} takes longer than ${maxWaitMs} ms`,
          ),
        () => undefined,
      );
      await Promise.race([work, timeout]);
      stop.abort();
    },
  };
}

async function notify(
  listener: ScanListener,
  scan: {
    entityRef: string;
    alarming: Parameters<ScanListener['onImported']>[1];
    logger: LoggerService;
  },
): Promise<void> {
  const { entityRef, alarming, logger } = scan;
  try {
    await listener.onImported(entityRef, alarming);
  } catch (error) {
    logger.warn(
      `Could not notify owners of new findings of ${entityRef}`,
      error as Error,
    );
  }
}
