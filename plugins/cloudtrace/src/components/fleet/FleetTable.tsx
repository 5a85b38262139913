import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import type { FleetPage } from '@cloudtrace/plugin-cloudtrace-common';
import { formatClock, formatExact } from '../../lib/format';
import { formatRowSort, parseRowSort, sortRows } from '../../lib/sortRows';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { DataTable } from '../shared/DataTable';
import { Surface } from '../shared/layout/Surface';
import { PageButtons } from './PageButtons';
import { useFleetColumns } from './useFleetColumns';
import { Banner } from '../shared/Banner';

const SORT_PARAM = 'sort';

/** Older counts than this say when they were counted. */
const FRESH_MS = 5_000;

/** The services, worst first, each with the reason for its position. */
export function FleetTable(props: { data: FleetPage }) {
  const { items, nextCursor, total, truncated, to } = props.data;
  const t = useText();
  const timeZone = useTimeZone();
  const asOfMs = Date.parse(props.data.asOf);
  const [params, setParams] = useViewParams();
  const sort = parseRowSort(params.get(SORT_PARAM));
  const filtered = ['q', 'owner', 'system', 'env'].some(name =>
    params.has(name),
  );
  const columns = useFleetColumns(props.data);
  if (items.length === 0) {
    return (
      <Typography>
        {filtered ? t('fleetPage.none') : t('fleetPage.noneYet')}
      </Typography>
    );
  }
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy;
  const sorted =
    sort && sortBy ? sortRows(items, sortBy, sort.descending) : items;
  const pages = Boolean(nextCursor) || params.has('cursor');
  return (
    <>
      {truncated && (
        <Banner status="warning">
          {t('fleetPage.truncated', { number: formatExact(total) })}
        </Banner>
      )}
      {Date.parse(to) - asOfMs > FRESH_MS && (
        <Typography variant="body2" color="text.secondary">
          {t('fleetPage.counted', { time: formatClock(asOfMs, timeZone) })}
        </Typography>
      )}
      {sort && sortBy && (
        <Typography variant="body2" color="text.secondary">
          {t(pages ? 'fleetPage.sortedPage' : 'fleetPage.sorted')}{' '}
          <Button
            variant="tertiary"
            onPress={() => setParams({ [SORT_PARAM]: undefined })}
          >
            {t('fleetPage.worstFirst')}
          </Button>
        </Typography>
      )}
      <Surface padding={0}>
        <DataTable
          label={t('fleetPage.heading')}
          rows={sorted}
          sort={sort}
          onSort={next =>
            setParams({ [SORT_PARAM]: formatRowSort(next) }, { replace: true })
          }
          rowKey={service => `${service.entityRef}/${service.environment}`}
          columns={columns}
        />
      </Surface>
      <PageButtons nextCursor={nextCursor} />
    </>
  );
}
