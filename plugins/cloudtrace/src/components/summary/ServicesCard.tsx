import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { fleetRouteRef } from '../../routes';
import { ALL_KINDS, liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { ServiceCell } from '../fleet/ServiceCell';
import { Stacked } from '../shared/layout/Stacked';
import { CardProviders, QueryCard } from './QueryCard';

const REFRESH_MS = 30_000;
const MAX_SERVICES = 5;

/** Services of a system, or of an owner, which is a group or a user. */
function Services() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entity } = useEntity();
  const fleetPage = useRouteRef(fleetRouteRef);
  const filter =
    entity.kind.toLocaleLowerCase('en') === 'system' ? 'system' : 'owner';
  const entityRef = stringifyEntityRef(entity);
  const query = useQuery({
    queryKey: ['cloudtrace', 'services-of', entityRef],
    queryFn: ({ signal }) =>
      api.listFleet({ [filter]: entityRef, limit: MAX_SERVICES }, { signal }),
    meta: liveMeta({
      kinds: ALL_KINDS,
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  const total = query.data?.total ?? 0;
  const search = new URLSearchParams({ [filter]: entityRef });
  return (
    <QueryCard
      title={t('summary.services')}
      what={t('fleetPage.loading')}
      query={query}
      hideIf={data => data.total === 0}
      to={fleetPage && `${fleetPage()}?${search}`}
      linkText={t('summary.allServices', {
        count: total,
        number: String(total),
      })}
    >
      {data => (
        <Stacked gap={1.5}>
          {data.items.map(service => (
            <ServiceCell
              key={`${service.entityRef}/${service.environment}`}
              service={service}
            />
          ))}
        </Stacked>
      )}
    </QueryCard>
  );
}

/** The services of a system, group or user that need attention most. */
export function ServicesCard() {
  return (
    <CardProviders>
      <Services />
    </CardProviders>
  );
}
