import { useApi } from '@backstage/frontend-plugin-api';
import type { RequestPage } from '@cloudtrace/plugin-cloudtrace-common';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { EmptyRange } from '../states/EmptyRange';
import { GettingStarted } from '../states/GettingStarted';
import { QueryStates } from '../states/QueryStates';
import { ArchivedDays } from './ArchivedDays';
import { FacetSection, HistogramSection } from './FacetSection';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { RequestDrawer } from './RequestDrawer';
import { countFilters, readFilters, toQuery } from './requestFilters';
import { RequestTable } from './RequestTable';
import { useOpenRequest } from './useOpenRequest';
import { Stacked } from '../shared/layout/Stacked';
import { Surface } from '../shared/layout/Surface';
import { Banner } from '../shared/Banner';

const PAGE_SIZE = 50;

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  alignItems: 'start',
  gridTemplateColumns: 'minmax(0, 1fr)',
  [theme.breakpoints.up('md')]: { gridTemplateColumns: '230px minmax(0, 1fr)' },
}));

/** The view "Requests": which requests failed or were slow? */
export function RequestsView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, tab } = useCloudtrace();
  const [params] = useViewParams();
  const { open, openRequest, close } = useOpenRequest();
  const filters = readFilters(params);
  const cursor = params.get('cursor') ?? undefined;
  const filterQuery = toQuery(filters);

  const page = useLiveQuery({
    name: 'requests',
    kinds: ['requests'],
    parameters: { ...filterQuery, cursor },
    read: (range, signal) =>
      api.listRequests(
        entityRef,
        { ...filterQuery, ...range, cursor, limit: PAGE_SIZE },
        { signal },
      ),
  });
  const facets = useLiveQuery({
    name: 'request-facets',
    kinds: ['requests'],
    parameters: filterQuery,
    read: (range, signal) =>
      api.getRequestFacets(entityRef, { ...filterQuery, ...range }, { signal }),
  });

  return (
    <>
      <QueryStates
        query={page}
        what={t('requests.title')}
        permission="cloudtrace.requests.read"
        empty={data => {
          if (data.items.length > 0 || countFilters(filters) > 0 || cursor) {
            return undefined;
          }
          // The range has requests, or may have some, in the archive.
          if (data.archived || data.archivedDays) return undefined;
          return data.asOf ? (
            <EmptyRange lastReceivedAt={data.asOf} />
          ) : (
            <GettingStarted />
          );
        }}
      >
        {data => (
          <>
            {data.archived && (
              <Banner status="info">{t('requests.archived')}</Banner>
            )}
            {data.archivedDays && <ArchivedDays days={data.archivedDays} />}
            <FilterBar filters={filters} />
            <HistogramSection facets={facets} />
            <Columns>
              <FacetSection facets={facets} filters={filters} />
              <Stacked gap={1}>
                {data.items.length > 0 ? (
                  <RequestTable
                    requests={data.items}
                    openSpanId={open?.spanId}
                    onOpen={openRequest}
                  />
                ) : (
                  <Surface padding={3}>
                    <Typography>
                      {data.archivedDays
                        ? t('requests.noneOutsideArchive')
                        : t('requests.none')}
                    </Typography>
                  </Surface>
                )}
                <Pager page={data} />
                {isCutOff(data) && (
                  <Typography variant="caption" color="text.secondary">
                    {t('requests.rawSince', {
                      time: formatDateTime(
                        Date.parse(data.rawSince!),
                        tab.timeZone,
                      ),
                    })}
                  </Typography>
                )}
              </Stacked>
            </Columns>
          </>
        )}
      </QueryStates>
      <RequestDrawer open={open} onOpen={openRequest} onClose={close} />
    </>
  );
}

/** Whether the range begins before the first stored request, and no archive has the rest. */
function isCutOff({ rawSince, from, archivedDays }: RequestPage): boolean {
  return rawSince !== undefined && rawSince > from && !archivedDays;
}
