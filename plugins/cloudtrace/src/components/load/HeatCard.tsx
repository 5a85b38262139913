import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact, formatLatency } from '../../lib/format';
import { rangeSteps } from '../../lib/rangeSteps';
import { alignGroups } from '../../lib/series';
import { unfinishedSince } from '../../lib/unfinished';
import { useAnswerDomain } from '../../state/useAnswerDomain';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { ChartCard } from '../charts/ChartCard';
import { HeatMap } from '../charts/HeatMap';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';

const HEAT_PARAM = 'heat';
const MAX_ROWS = 40;

/** p95 or errors by group and time: shows when a single group became slow. */
export function HeatCard(props: { data: LoadDistribution }) {
  const { data } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const metric = params.get(HEAT_PARAM) === 'errors' ? 'errors' : 'p95';
  const format = metric === 'p95' ? formatLatency : formatExact;
  const aligned = alignGroups({
    groups: data.groups.slice(0, MAX_ROWS),
    steps: rangeSteps(data),
    value: point => (metric === 'p95' ? point.p95Ms : point.errors),
    missing: null,
    limit: MAX_ROWS,
  });
  const domain = useAnswerDomain(data);
  const title = t('load.heatTitle', {
    what: metric === 'p95' ? t('load.heatP95') : t('load.heatErrors'),
    group: t(`load.inTitle.${data.groupBy}`),
  });
  return (
    <ChartCard
      id="heat"
      title={title}
      actions={
        <ToggleButtonGroup
          exclusive
          size="small"
          value={metric}
          aria-label={t('load.heatMetric')}
          onChange={(_, value) =>
            value && setParams({ [HEAT_PARAM]: value }, { replace: true })
          }
        >
          {(['p95', 'errors'] as const).map(item => (
            <ToggleButton
              key={item}
              value={item}
              sx={{ textTransform: 'none', px: 1, py: 0 }}
            >
              {item === 'p95' ? t('load.heatP95') : t('load.heatErrors')}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
      chart={
        <HeatMap
          title={title}
          rows={aligned.series}
          timesMs={aligned.timesMs}
          stepMs={data.stepMs}
          domain={domain}
          unfinishedFromMs={unfinishedSince(data)}
          format={format}
        />
      }
      table={
        <TimeSeriesTable
          title={title}
          timesMs={aligned.timesMs}
          series={aligned.series.map(row => ({ ...row, color: '' }))}
          format={format}
        />
      }
    />
  );
}
