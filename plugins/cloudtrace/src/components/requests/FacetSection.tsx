import { Skeleton } from '@backstage/ui';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import useMediaQuery from '@mui/material/useMediaQuery';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RequestFacets } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { ChartCard } from '../charts/ChartCard';
import { DurationHistogram } from '../charts/DurationHistogram';
import { StaleBanner } from '../states/StaleBanner';
import { DurationTable } from './DurationTable';
import { FacetPanel } from './FacetPanel';
import { mergeBuckets } from './mergeBuckets';
import {
  countFilters,
  FIRST_PAGE,
  type RequestFilters,
} from './requestFilters';

const MAX_BARS = 40;

/** The filters with counts: beside the table, or above it on narrow screens. */
export function FacetSection(props: {
  facets: UseQueryResult<RequestFacets, Error>;
  filters: RequestFilters;
}) {
  const { facets, filters } = props;
  const t = useText();
  const narrow = useMediaQuery('(max-width: 900px)');
  if (!facets.data) {
    return facets.error ? (
      <StaleBanner
        error={facets.error}
        dataUpdatedAt={facets.dataUpdatedAt}
        onRetry={() => facets.refetch()}
      />
    ) : (
      <Skeleton height={narrow ? 48 : 320} />
    );
  }
  const panel = <FacetPanel facets={facets.data} filters={filters} />;
  return narrow ? (
    <Accordion variant="outlined" disableGutters>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>
        {t('requests.showFilters', { number: String(countFilters(filters)) })}
      </AccordionSummary>
      <AccordionDetails>{panel}</AccordionDetails>
    </Accordion>
  ) : (
    panel
  );
}

/** Requests by duration; a click on a bar filters by it. */
export function HistogramSection(props: {
  facets: UseQueryResult<RequestFacets, Error>;
}) {
  const t = useText();
  const [, setParams] = useViewParams();
  const { data } = props.facets;
  if (!data) {
    return <Skeleton height={220} />;
  }
  const buckets = mergeBuckets(data.durations, MAX_BARS);
  if (buckets.length === 0) {
    return null;
  }
  return (
    <ChartCard
      id="durations"
      title={t('requests.histogram')}
      subtitle={t('requests.histogramHint')}
      chart={
        <DurationHistogram
          buckets={buckets}
          onSelect={bucket =>
            setParams({
              ...FIRST_PAGE,
              min: String(Number(bucket.fromMs.toPrecision(4))),
              max: String(Number(bucket.toMs.toPrecision(4))),
            })
          }
        />
      }
      table={<DurationTable buckets={buckets} />}
    />
  );
}
