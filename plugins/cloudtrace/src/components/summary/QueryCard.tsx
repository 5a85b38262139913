import { ButtonLink, Skeleton } from '@backstage/ui';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import {
  QueryClientProvider,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { entityContentRouteRef } from '../../routes';
import { createQueryClient, isDenied } from '../../state/queryClient';
import { useLiveRefresh } from '../../state/useLiveRefresh';
import { useText } from '../../state/useText';
import { CloudtraceTheme } from '../shared/CloudtraceTheme';

/** Provides the context that cards need outside of the tab. */
export function CardProviders(props: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <CloudtraceTheme>{props.children}</CloudtraceTheme>
    </QueryClientProvider>
  );
}

/** A card with the result of a query, and a link to the full view. */
export function QueryCard<T>(props: {
  title: string;
  /** Name of the loaded data, for screen readers. */
  what: string;
  query: UseQueryResult<T, Error>;
  /** Path of the view below the tab; absent for the tab itself. */
  view?: string;
  /** Where the link leads instead of the tab of the entity. */
  to?: string;
  /** Hides the card where there is nothing to show. */
  hideIf?: (data: T) => boolean;
  linkText: string;
  children: (data: T) => ReactNode;
}) {
  const { title, what, query, view, to, hideIf, linkText, children } = props;
  const { data, error } = query;
  const t = useText();
  useLiveRefresh({ live: true });
  const link = useRouteRef(entityContentRouteRef);
  // Renders nothing for a viewer without permission.
  if (error && isDenied(error)) {
    return null;
  }
  if (data !== undefined && hideIf?.(data)) {
    return null;
  }
  const base = link?.();
  const href = to ?? (base && (view ? `${base}/${view}` : base));
  return (
    <EntityInfoCard
      title={title}
      footerActions={
        href && (
          <ButtonLink variant="tertiary" href={href}>
            {linkText}
          </ButtonLink>
        )
      }
    >
      {data !== undefined && children(data)}
      {data === undefined && error && <Typography>{error.message}</Typography>}
      {data === undefined && !error && (
        <Box role="status" aria-label={t('states.loading', { what })}>
          <Skeleton height={48} />
          <Skeleton height={48} />
        </Box>
      )}
    </EntityInfoCard>
  );
}
