import { useApi } from '@backstage/frontend-plugin-api';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { styled } from '@mui/material/styles';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { createQueryClient } from '../../state/queryClient';
import { ALL_KINDS, liveMeta } from '../../state/liveMeta';
import { useLiveRefresh } from '../../state/useLiveRefresh';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { CloudtraceTheme } from '../shared/CloudtraceTheme';
import { QueryStates } from '../states/QueryStates';
import { FindingRollup } from './FindingRollup';
import { FleetFilters } from './FleetFilters';
import { FleetTable } from './FleetTable';
import { Heading } from '../shared/text/Heading';

const REFRESH_MS = 15_000;
const PAGE_SIZE = 50;
/** Used in query keys in place of the entity ref of entity pages. */
const SCOPE = 'fleet';

const Page = styled('main')(({ theme }) => ({
  ...theme.typography.body1,
  padding: theme.spacing(3),
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'minmax(0, 1fr)',
}));

function Services() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const [params] = useViewParams();
  const filters = {
    environment: params.get('env') ?? undefined,
    owner: params.get('owner') ?? undefined,
    system: params.get('system') ?? undefined,
    query: params.get('q') ?? undefined,
    cursor: params.get('cursor') ?? undefined,
  };
  const query = useQuery({
    queryKey: ['cloudtrace', SCOPE, filters],
    queryFn: ({ signal }) =>
      api.listFleet({ ...filters, limit: PAGE_SIZE }, { signal }),
    placeholderData: previous => previous,
    meta: liveMeta({
      kinds: ALL_KINDS,
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  useLiveRefresh({ channel: query.data?.liveChannel, live: true });
  return (
    <QueryStates
      query={query}
      what={t('fleetPage.loading')}
      permission="cloudtrace.requests.read"
    >
      {data => (
        <>
          <FleetFilters data={data} />
          <FleetTable data={data} />
        </>
      )}
    </QueryStates>
  );
}

function Fleet() {
  const t = useText();
  const [params, setParams] = useViewParams();
  const view = params.get('view') === 'security' ? 'security' : 'services';
  return (
    <Page>
      <Heading component="h1" size="page">
        {t(view === 'security' ? 'rollup.heading' : 'fleetPage.title')}
      </Heading>
      <Tabs
        value={view}
        aria-label={t('fleetPage.views.label')}
        onChange={(_, next) =>
          setParams({
            view: next === 'security' ? next : undefined,
            cursor: undefined,
          })
        }
      >
        <Tab value="services" label={t('fleetPage.views.services')} />
        <Tab value="security" label={t('fleetPage.views.security')} />
      </Tabs>
      {view === 'security' ? <FindingRollup /> : <Services />}
    </Page>
  );
}

/** The fleet page: which of my services needs attention? */
export function FleetView() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <CloudtraceTheme>
        <Fleet />
      </CloudtraceTheme>
    </QueryClientProvider>
  );
}
