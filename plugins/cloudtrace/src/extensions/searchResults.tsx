import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { CLOUDTRACE_SEARCH_TYPES } from '@cloudtrace/plugin-cloudtrace-common';
import { CloudtraceIcon } from '../components/CloudtraceIcon';
import { portalMessages } from '../messages/portal';

// Backstage does not translate the names of types.
const { types } = portalMessages.search;
const { service, finding } = CLOUDTRACE_SEARCH_TYPES;

const serviceResult = SearchResultListItemBlueprint.make({
  name: 'service',
  params: {
    predicate: ({ type }) => type === service,
    component: () => import('../components/search').then(m => m.ServiceResult),
  },
});

const findingResult = SearchResultListItemBlueprint.make({
  name: 'finding',
  params: {
    predicate: ({ type }) => type === finding,
    component: () => import('../components/search').then(m => m.FindingResult),
  },
});

const serviceType = SearchFilterResultTypeBlueprint.make({
  name: 'service',
  params: { value: service, name: types.service, icon: <CloudtraceIcon /> },
});

const findingType = SearchFilterResultTypeBlueprint.make({
  name: 'finding',
  params: {
    value: finding,
    name: types.finding,
    icon: <CloudtraceIcon />,
  },
});

/** Results of Backstage's search; unused without the module of the search backend. */
export const searchResults = [
  serviceResult,
  findingResult,
  serviceType,
  findingType,
];
