import type { RootConfigService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { CloudTraceClient } from '../api/CloudTraceClient';
import { requireLocalRepositories } from '../config';
import { LocalRepository } from '../git/LocalRepository';
import { examples } from './startFleet.examples';

/**
 * `cloudtrace:fleet:start`: runs a service from its local repository on the local fleet.
 */
export function createStartFleetAction(deps: {
  client: CloudTraceClient;
  config: RootConfigService;
}) {
  return createTemplateAction({
    id: 'cloudtrace:fleet:start',
    description:
      'Starts a service from its local repository on the local fleet of this portal (development only)',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().describe('The component of the service'),
        name: z => z.string().describe('Name of the local repository'),
      },
      output: {
        directory: z => z.string().describe('Folder that the service runs in'),
      },
    },
    async handler(ctx) {
      const { entityRef, name } = ctx.input;
      const folder = requireLocalRepositories(deps.config);
      // Derived from the name instead of an input: only the portal's own
      // repositories may be run.
      const { directory } = new LocalRepository(folder, name);
      ctx.output('directory', directory);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would start ${entityRef} from ${directory}`);
        return;
      }
      await deps.client.startOnLocalFleet(
        { entityRef, directory, name },
        await ctx.getInitiatorCredentials(),
      );
      ctx.logger.info(`Started ${entityRef} on the local fleet`);
    },
  });
}
