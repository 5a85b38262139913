import { Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { GetFindingRollupQuery } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { liveMeta } from '../../state/liveMeta';
import { useLiveRefresh } from '../../state/useLiveRefresh';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { QueryStates } from '../states/QueryStates';
import { PageButtons } from './PageButtons';
import { RollupFilters } from './RollupFilters';
import { readRollupQuery } from './rollupQuery';
import { RollupTable } from './RollupTable';
import { Banner } from '../shared/Banner';

const REFRESH_MS = 60_000;
const PAGE_SIZE = 50;

/** Entities whose findings are unknown are neither with nor without the CVE. */
function Unknown(props: { cve: string | undefined; count: number }) {
  const t = useText();
  const { cve = '', count } = props;
  if (count === 0) return null;
  return (
    <Banner status="warning">{t('rollup.unknown', { cve, count })}</Banner>
  );
}

function Nothing(props: { query: GetFindingRollupQuery; unknown: number }) {
  const t = useText();
  const { cve, owner, system } = props.query;
  if (props.unknown > 0) {
    return (
      <>
        <Typography>{t('rollup.noneKnown')}</Typography>
        <Unknown cve={cve} count={props.unknown} />
      </>
    );
  }
  if (cve && !owner && !system) {
    return <Typography>{t('rollup.noneWithCve', { cve })}</Typography>;
  }
  return (
    <Typography>
      {cve || owner || system ? t('rollup.none') : t('rollup.noneYet')}
    </Typography>
  );
}

/** Open findings across everything that the viewer may see. Which services have CVE-…? */
export function FindingRollup() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const [params] = useViewParams();
  const filter = readRollupQuery(params);
  const query = useQuery({
    queryKey: ['cloudtrace', 'rollup', filter],
    queryFn: ({ signal }) =>
      api.getFindingRollup({ ...filter, limit: PAGE_SIZE }, { signal }),
    // Groups of one kind must not appear under the heading of another.
    placeholderData: (previous, before) =>
      (before?.queryKey[2] as typeof filter | undefined)?.groupBy ===
      filter.groupBy
        ? previous
        : undefined,
    meta: liveMeta({
      kinds: ['scans'],
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  useLiveRefresh({ live: true });
  return (
    <>
      <RollupFilters />
      <QueryStates
        query={query}
        what={t('rollup.loading')}
        permission="cloudtrace.security.read"
        loading={<Skeleton height={300} aria-label={t('rollup.loading')} />}
        empty={({ items, unknownEntities = 0 }) =>
          items.length === 0 ? (
            <Nothing query={filter} unknown={unknownEntities} />
          ) : undefined
        }
      >
        {({ items, nextCursor, unknownEntities = 0 }) => (
          <>
            <Unknown cve={filter.cve} count={unknownEntities} />
            <RollupTable groups={items} />
            <PageButtons nextCursor={nextCursor} />
          </>
        )}
      </QueryStates>
    </>
  );
}
