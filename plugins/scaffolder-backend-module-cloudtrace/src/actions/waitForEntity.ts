import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './waitForEntity.examples';

const POLL_INTERVAL_MS = 500;
const DEFAULT_TIMEOUT_SECONDS = 60;

/**
 * `cloudtrace:catalog:wait`: the catalog processes a new location with a delay;
 * this step waits for the entity on behalf of later steps that need it.
 */
export function createWaitForEntityAction(deps: {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
}) {
  return createTemplateAction({
    id: 'cloudtrace:catalog:wait',
    description: 'Waits until an entity is in the catalog',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().describe('The entity to wait for'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .positive()
            .max(600)
            .default(DEFAULT_TIMEOUT_SECONDS)
            .describe('How long to wait before the step fails'),
      },
      output: {
        entityRef: z => z.string().describe('The entity, now in the catalog'),
      },
    },
    async handler(ctx) {
      const { entityRef } = ctx.input;
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would wait for ${entityRef}`);
        return;
      }
      const timeoutMs =
        (ctx.input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
      const credentials = await ctx.getInitiatorCredentials();
      const deadline = Date.now() + timeoutMs;
      while (!(await deps.catalog.getEntityByRef(entityRef, { credentials }))) {
        if (Date.now() > deadline) {
          throw new InputError(
            `${entityRef} is not in the catalog after ${
              timeoutMs / 1000
            } s: check the portal's log for processing errors of its location, then run this task again`,
          );
        }
        await delay(POLL_INTERVAL_MS, undefined, { signal: ctx.signal });
      }
      ctx.logger.info(`${entityRef} is in the catalog`);
    },
  });
}
