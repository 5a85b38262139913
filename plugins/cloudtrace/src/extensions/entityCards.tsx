import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasServices, isCloudtraceEntity } from '../lib/entityFilter';

const summary = EntityCardBlueprint.make({
  name: 'summary',
  params: {
    type: 'content',
    filter: isCloudtraceEntity,
    loader: () => import('../components/summary').then(m => <m.SummaryCard />),
  },
});

const security = EntityCardBlueprint.make({
  name: 'security',
  params: {
    type: 'content',
    filter: isCloudtraceEntity,
    loader: () => import('../components/summary').then(m => <m.SecurityCard />),
  },
});

const services = EntityCardBlueprint.make({
  name: 'services',
  params: {
    type: 'content',
    filter: hasServices,
    loader: () => import('../components/summary').then(m => <m.ServicesCard />),
  },
});

export const entityCards = [summary, security, services];
