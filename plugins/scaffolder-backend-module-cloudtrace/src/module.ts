import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAnswersAction } from './actions/answers';
import { createComposeAction } from './actions/compose';
import { createLoadAnswersAction } from './actions/loadAnswers';
import { createMergeUpdateAction } from './actions/mergeUpdate';
import { createOptionsAction } from './actions/options';
import { createPublishLocalAction } from './actions/publishLocal';
import { createPublishLocalBranchAction } from './actions/publishLocalBranch';
import { createStartFleetAction } from './actions/startFleet';
import { createRenderLayersAction } from './actions/renderLayers';
import { createCreateTokenAction } from './actions/createToken';
import { createWaitForEntityAction } from './actions/waitForEntity';
import { CloudTraceClient } from './api/CloudTraceClient';

/**
 * Adds the scaffolder actions of CloudTrace's software template.
 *
 * @public
 */
export const scaffolderModuleCloudtrace = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'cloudtrace',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        reader: coreServices.urlReader,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, catalog, config, discovery, reader, scaffolder }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const client = new CloudTraceClient({ auth, discovery });
        scaffolder.addActions(
          createOptionsAction({
            auth,
            catalog,
            config,
            discovery,
            integrations,
            reader,
          }),
          createRenderLayersAction({ integrations, reader }),
          createComposeAction(),
          createAnswersAction(),
          createPublishLocalAction({ config }),
          createWaitForEntityAction({ catalog }),
          createCreateTokenAction({ client, config, discovery, integrations }),
          createStartFleetAction({ client, config }),
          createLoadAnswersAction({ catalog, config, integrations }),
          createMergeUpdateAction(),
          createPublishLocalBranchAction({ config }),
        );
      },
    });
  },
});
