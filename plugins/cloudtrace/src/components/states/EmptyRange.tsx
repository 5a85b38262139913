import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { formatDateTime } from '../../lib/format';
import { RANGE_PRESETS_MS, type RangePreset } from '../../lib/timeRange';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Notice } from './Notice';

/** Data exists, but not in the selected range: offers the range that has data. */
export function EmptyRange(props: { lastReceivedAt: string }) {
  const t = useText();
  const { tab } = useCloudtrace();
  const lastMs = Date.parse(props.lastReceivedAt);
  const ageMs = Date.now() - lastMs;
  const preset = (
    Object.entries(RANGE_PRESETS_MS) as Array<[RangePreset, number]>
  ).find(([, durationMs]) => durationMs > ageMs)?.[0];
  return (
    <Notice
      title={t('states.emptyRangeTitle')}
      actions={
        preset && (
          <Button
            variant="secondary"
            onPress={() => tab.setRange({ kind: 'relative', preset })}
          >
            {t('states.showLonger', { range: t(`frame.ranges.${preset}`) })}
          </Button>
        )
      }
    >
      <Typography>
        {t('states.emptyRangeDetail', {
          time: formatDateTime(lastMs, tab.timeZone),
        })}
      </Typography>
    </Notice>
  );
}
