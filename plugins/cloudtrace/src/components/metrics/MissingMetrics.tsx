import Typography from '@mui/material/Typography';
import type {
  Metrics,
  MissingMetric,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';

/** Why metrics have no chart at all; those with a chart say it there. */
export function MissingMetrics(props: { data: Metrics }) {
  const { missing = [], sets } = props.data;
  const t = useText();
  const said = useSaid();
  const shown = new Set(
    sets.flatMap(({ series }) => series.map(each => keyOf(each))),
  );
  return (
    <>
      {missing
        .filter(each => !shown.has(keyOf(each)))
        .map(each => (
          <Typography key={keyOf(each)} variant="body2" color="text.secondary">
            {t('metrics.missing', {
              label: said(each, 'label'),
              resource: each.resourceName,
              reason: said(each, 'reason'),
            })}
            .
          </Typography>
        ))}
    </>
  );
}

/** Identifies a metric of a resource. */
export function keyOf({
  resourceId,
  seriesId,
}: Pick<MissingMetric, 'resourceId' | 'seriesId'>): string {
  return `${resourceId}/${seriesId}`;
}
