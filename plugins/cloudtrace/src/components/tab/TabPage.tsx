import { useApi } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Fragment, useEffect, useMemo, useState, type ReactNode } from 'react';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import {
  openView,
  useLocation,
  useNavigate,
  useSearchParams,
} from '../../routing';
import { CloudtraceProvider } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { createQueryClient } from '../../state/queryClient';
import { sharedParams } from '../../state/tabState';
import { useLiveRefresh } from '../../state/useLiveRefresh';
import { useTabState } from '../../state/useTabState';
import { useText } from '../../state/useText';
import { viewPath } from '../../state/useViewLink';
import { EventStrip } from '../timeline';
import { QueryStates } from '../states/QueryStates';
import { TokensDialog } from '../tokens/TokensDialog';
import { AgeBanner } from './AgeBanner';
import { CloudtraceTheme } from '../shared/CloudtraceTheme';
import { TabBar } from './TabBar';
import { ViewTabs, type ViewTab } from './ViewTabs';
import { Shrinkable } from '../shared/layout/Shrinkable';
import { Banner } from '../shared/Banner';

/** A view of the tab as its extension describes it. */
export interface TabView extends ViewTab {
  element: ReactNode;
}

interface TabPageProps {
  entityRef: string;
  views: TabView[];
  /** Path of the tab within the app, if the app says it. */
  mountPath?: string;
}

const Page = styled('div')(({ theme }) => ({
  ...theme.typography.body1,
  display: 'grid',
  gap: theme.spacing(2),
  paddingTop: theme.spacing(1),
  paddingBottom: theme.spacing(1),
  gridTemplateColumns: 'minmax(0, 1fr)',
  color: theme.palette.text.primary,
}));

/** Opens the first view where the path names none. */
function FirstView(props: { basePath: string; path?: string }) {
  const { basePath, path } = props;
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const to =
    path === undefined
      ? undefined
      : viewPath(basePath, path, sharedParams(params));
  useEffect(() => {
    if (to !== undefined) navigate(to, { replace: true });
  }, [navigate, to]);
  return null;
}

function Tab(props: TabPageProps) {
  const { entityRef, views, mountPath } = props;
  const t = useText();
  const { pathname } = useLocation();
  const { basePath, view: open } = openView(
    pathname,
    views.map(({ path }) => path),
    mountPath,
  );
  const api = useApi(cloudtraceApiRef);
  const tab = useTabState();
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, 'environments'],
    queryFn: ({ signal }) => api.listEnvironments(entityRef, { signal }),
    staleTime: 60_000,
    meta: liveMeta({
      kinds: ['requests', 'fleet'],
      minGapMs: 60_000,
      maxGapMs: 300_000,
      background: true,
    }),
  });
  const known = query.data;
  useLiveRefresh({ channel: known?.liveChannel, live: tab.live });
  const environment = tab.environment ?? known?.default;
  const context = useMemo(() => {
    if (environment === undefined) {
      return undefined;
    }
    const names = known?.items.map(item => item.name) ?? [];
    return {
      entityRef,
      environment,
      // An environment that exists only in the URL is shown as empty, not
      // hidden.
      environments: names.includes(environment)
        ? names
        : [...names, environment],
      tab,
      basePath,
    };
  }, [entityRef, environment, known, tab, basePath]);

  if (!context) {
    return (
      <QueryStates
        query={query}
        what={t('frame.views')}
        permission="cloudtrace.requests.read"
      >
        {() => null}
      </QueryStates>
    );
  }
  return (
    <CloudtraceProvider value={context}>
      <Page data-testid="cloudtrace-tab">
        <TabBar />
        {tab.invalidRange && (
          <Banner status="warning">
            {t('frame.unknownRange', { value: tab.invalidRange })}
          </Banner>
        )}
        <AgeBanner />
        <Shrinkable>
          <ViewTabs views={views} open={open} />
          <EventStrip />
        </Shrinkable>
        <Shrinkable>
          {open === undefined ? (
            <FirstView basePath={basePath} path={views[0]?.path} />
          ) : (
            <Fragment key={open}>
              {views.find(({ path }) => path === open)!.element}
            </Fragment>
          )}
        </Shrinkable>
      </Page>
      <TokensDialog />
    </CloudtraceProvider>
  );
}

/** The tab of one entity: its bar, the links to its views, and the open view. */
export function TabPage(props: TabPageProps) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <CloudtraceTheme>
        <Tab key={props.entityRef} {...props} />
      </CloudtraceTheme>
    </QueryClientProvider>
  );
}
