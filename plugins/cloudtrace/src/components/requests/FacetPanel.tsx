import Typography from '@mui/material/Typography';
import type {
  FacetValue,
  RequestFacets,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FacetList } from './FacetList';
import {
  FACETS,
  FIRST_PAGE,
  type FacetName,
  type RequestFilters,
} from './requestFilters';
import { Surface } from '../shared/layout/Surface';

const LISTS: Record<FacetName, keyof RequestFacets> = {
  status: 'statusCodes',
  instance: 'instances',
  zone: 'zones',
  route: 'routes',
  method: 'methods',
};

/** All filters with counts; the counts of a filter ignore its own selection. */
export function FacetPanel(props: {
  facets: RequestFacets;
  filters: RequestFilters;
}) {
  const { facets, filters } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const [, setParams] = useViewParams();
  return (
    <Surface
      component="section"
      aria-label={t('requests.filters')}
      padding={1.5}
      gap={1.5}
    >
      {FACETS.map(name => (
        <FacetList
          key={name}
          title={t(`requests.${name}`)}
          values={facets[LISTS[name]] as FacetValue[]}
          selected={filters.facets[name]}
          labelOf={value => {
            if (name === 'status' && value.value === '0') {
              return t('requests.noStatus');
            }
            return value.label || value.value || t('load.noZone');
          }}
          onChange={selected => setParams({ ...FIRST_PAGE, [name]: selected })}
        />
      ))}
      {!facets.exact && facets.countedSince && facets.countedRequests > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('requests.partial', {
            count: facets.countedRequests,
            number: formatExact(facets.countedRequests),
            since: formatDateTime(
              Date.parse(facets.countedSince),
              tab.timeZone,
            ),
          })}
        </Typography>
      )}
    </Surface>
  );
}
