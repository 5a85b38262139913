import { compatWrapper } from '@backstage/core-compat-api';
import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { cloudtracePlugin } from './plugin';
import { routes } from './routes';

/**
 * The CloudTrace tab, for an `EntityLayout.Route` with the path `/cloudtrace`.
 *
 * @public
 */
export const EntityCloudtraceContent = cloudtracePlugin.provide(
  createRoutableExtension({
    name: 'EntityCloudtraceContent',
    component: () => import('./EntityContent').then(m => m.EntityContent),
    mountPoint: routes.entityContent,
  }),
);

/**
 * The last hour of a service, for the overview of its entity.
 *
 * @public
 */
export const EntityCloudtraceSummaryCard = cloudtracePlugin.provide(
  createComponentExtension({
    name: 'EntityCloudtraceSummaryCard',
    component: {
      lazy: async () => {
        const { SummaryCard } = await import('../components/summary');
        return () => compatWrapper(<SummaryCard />);
      },
    },
  }),
);

/**
 * The open findings of a service, for the overview of its entity.
 *
 * @public
 */
export const EntityCloudtraceSecurityCard = cloudtracePlugin.provide(
  createComponentExtension({
    name: 'EntityCloudtraceSecurityCard',
    component: {
      lazy: async () => {
        const { SecurityCard } = await import('../components/summary');
        return () => compatWrapper(<SecurityCard />);
      },
    },
  }),
);

/**
 * The page of all services, worst first, for a route such as `/cloudtrace`.
 *
 * @public
 */
export const CloudtracePage = cloudtracePlugin.provide(
  createRoutableExtension({
    name: 'CloudtracePage',
    component: async () => {
      const { FleetView } = await import('../components/fleet');
      return () => compatWrapper(<FleetView />);
    },
    mountPoint: routes.root,
  }),
);
