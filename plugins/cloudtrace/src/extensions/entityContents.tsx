import {
  coreExtensionData,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { CloudtraceViewBlueprint } from '../blueprints/CloudtraceViewBlueprint';
import { isCloudtraceEntity } from '../lib/entityFilter';
import { entityContentRouteRef } from '../routes';

const cloudtraceTab = EntityContentBlueprint.makeWithOverrides({
  inputs: {
    views: createExtensionInput([
      coreExtensionData.routePath,
      coreExtensionData.reactElement,
      CloudtraceViewBlueprint.dataRefs.title,
      CloudtraceViewBlueprint.dataRefs.badge.optional(),
    ]),
  },
  factory(originalFactory, { inputs }) {
    return originalFactory({
      path: '/cloudtrace',
      title: 'CloudTrace',
      group: 'observability',
      routeRef: entityContentRouteRef,
      filter: isCloudtraceEntity,
      loader: async () => {
        const { CloudtraceTab } = await import('../components/tab');
        const views = inputs.views.map(view => ({
          path: view.get(coreExtensionData.routePath).replace(/^\/+/, ''),
          title: view.get(CloudtraceViewBlueprint.dataRefs.title),
          Badge: view.get(CloudtraceViewBlueprint.dataRefs.badge),
          element: view.get(coreExtensionData.reactElement),
        }));
        return <CloudtraceTab views={views} />;
      },
    });
  },
});

export const entityContents = [cloudtraceTab];
