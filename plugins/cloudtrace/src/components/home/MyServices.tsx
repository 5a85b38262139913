import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { ALL_KINDS, liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { ServiceCell } from '../fleet/ServiceCell';
import { CardProviders } from '../summary/QueryCard';
import { mergeServices } from './mergeByOwner';
import { useOwnerRefs } from './useOwnerRefs';
import { WidgetContent } from './WidgetContent';

const REFRESH_MS = 30_000;
const MAX_SERVICES = 5;

function Services() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const owners = useOwnerRefs();
  const query = useQuery({
    queryKey: ['cloudtrace', 'my-services', owners],
    enabled: owners !== undefined,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        owners!.map(owner =>
          api.listFleet({ owner, limit: MAX_SERVICES }, { signal }),
        ),
      );
      return mergeServices(pages.map(({ items }) => items)).slice(
        0,
        MAX_SERVICES,
      );
    },
    meta: liveMeta({
      kinds: ALL_KINDS,
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  return (
    <WidgetContent
      title={t('home.myServices')}
      query={query}
      what={t('fleetPage.loading')}
      none={t('home.noServices')}
      render={service => (
        <ServiceCell key={service.entityRef} service={service} />
      )}
    />
  );
}

/** The services of the viewer and the viewer's groups that need attention most. */
export function MyServices() {
  return (
    <CardProviders>
      <Services />
    </CardProviders>
  );
}
