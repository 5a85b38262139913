import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasServices, isCloudtraceEntity } from '../lib/entityFilter';

// The overview shows cards of the type `content` below each other, those of
// Backstage first: ours would be below several tables. Beside them, in the
// column of the type `info`, they are visible at once.
const summary = EntityCardBlueprint.make({
  name: 'summary',
  params: {
    type: 'info',
    filter: isCloudtraceEntity,
    loader: () => import('../components/summary').then(m => <m.SummaryCard />),
  },
});

const security = EntityCardBlueprint.make({
  name: 'security',
  params: {
    type: 'info',
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
