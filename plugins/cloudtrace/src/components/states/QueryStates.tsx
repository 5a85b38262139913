import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isDenied } from '../../state/queryClient';
import { useText } from '../../state/useText';
import { Notice } from './Notice';
import { SkeletonView } from './SkeletonView';
import { StaleBanner } from './StaleBanner';

const Content = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  minWidth: 0,
  gridTemplateColumns: 'minmax(0, 1fr)',
}));

/**
 * The five states of a view: loading, no data yet, not permitted, error, data.
 * An error never hides data that is already shown.
 */
export function QueryStates<T>(props: {
  query: UseQueryResult<T, Error>;
  /** Name of the loaded data, for screen readers. */
  what: string;
  /** Name of the required permission. */
  permission: string;
  loading?: ReactNode;
  /** Rendered instead of the data if the data is empty. */
  empty?: (data: T) => ReactNode | undefined;
  children: (data: T) => ReactNode;
}) {
  const t = useText();
  const { query, what, permission, loading, empty, children } = props;
  const { data, error, refetch, dataUpdatedAt, isPlaceholderData } = query;

  // The permission was withdrawn: data loaded before must not stay on screen.
  if (error && isDenied(error)) {
    return (
      <Notice title={t('states.deniedTitle')} role="alert">
        <Typography>{t('states.deniedDetail', { permission })}</Typography>
      </Notice>
    );
  }
  if (data === undefined && error) {
    return (
      <Notice
        title={t('states.errorTitle')}
        role="alert"
        actions={
          <Button variant="secondary" onPress={() => refetch()}>
            {t('states.retry')}
          </Button>
        }
      >
        <Typography sx={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Typography>
      </Notice>
    );
  }
  if (data === undefined) {
    return <>{loading ?? <SkeletonView what={what} />}</>;
  }
  return (
    <Content
      aria-busy={isPlaceholderData}
      style={{ opacity: isPlaceholderData ? 0.6 : 1 }}
    >
      {error && (
        <StaleBanner
          error={error}
          dataUpdatedAt={dataUpdatedAt}
          onRetry={() => refetch()}
        />
      )}
      {empty?.(data) ?? children(data)}
    </Content>
  );
}
