import { ButtonLink, Skeleton } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fleetRouteRef } from '../../routes';
import { isDenied } from '../../state/queryClient';
import { useLiveRefresh } from '../../state/useLiveRefresh';
import { useText } from '../../state/useText';
import { Stacked } from '../shared/layout/Stacked';

/** The card that Backstage puts a widget in is ours, because its title is translated. */
export function WidgetRenderer(props: { Content: () => JSX.Element }) {
  return <props.Content />;
}

/** A card with a list, and a link to the page of all services. */
export function WidgetContent<T>(props: {
  title: string;
  query: UseQueryResult<T[], Error>;
  /** Name of the loaded data, for screen readers. */
  what: string;
  /** Shown for an empty list. */
  none: string;
  render: (item: T) => ReactNode;
}) {
  const { title, query, what, none, render } = props;
  const { data, error } = query;
  const t = useText();
  useLiveRefresh({ live: true });
  const fleetPage = useRouteRef(fleetRouteRef);
  const path = fleetPage?.();
  return (
    <EntityInfoCard
      title={title}
      footerActions={
        path && (
          <ButtonLink variant="tertiary" href={path}>
            {t('home.all')}
          </ButtonLink>
        )
      }
    >
      {data === undefined && error && (
        <Typography>
          {isDenied(error) ? t('home.denied') : error.message}
        </Typography>
      )}
      {data === undefined && !error && (
        <Box role="status" aria-label={t('states.loading', { what })}>
          <Skeleton height={48} />
          <Skeleton height={48} />
        </Box>
      )}
      {data?.length === 0 && <Typography>{none}</Typography>}
      {data && <Stacked gap={1.5}>{data.map(render)}</Stacked>}
    </EntityInfoCard>
  );
}
