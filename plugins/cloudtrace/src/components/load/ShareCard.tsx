import Stack from '@mui/material/Stack';
import { useText } from '../../state/useText';
import type { SeriesLooks } from '../../state/useSeriesLooks';
import { ChartCard } from '../charts/ChartCard';
import { ShareBars } from '../charts/ShareBars';
import { Heading } from '../shared/text/Heading';
import type { ShownGroup, ShownLoad } from './nameKinds';

const MAX_BARS = 12;

/** The share of each group, with its fair share; shares of each kind of work add up on their own. */
export function ShareCard(props: {
  data: ShownLoad;
  lookOf: SeriesLooks['lookOf'];
}) {
  const { data, lookOf } = props;
  const { groupBy, groups, kinds } = data;
  const t = useText();
  const barsOf = (shown: ShownGroup[]) => (
    <ShareBars
      bars={shown.slice(0, MAX_BARS).map(group => ({
        key: group.key,
        label: group.label,
        detail: groupBy === 'instance' ? group.zone : undefined,
        share: group.share,
        fairShare: group.fairShare,
        ...lookOf(group.key),
      }))}
    />
  );
  return (
    <ChartCard
      id="share"
      title={t(kinds ? 'load.shareTitleOfKinds' : 'load.shareTitle', {
        group: t(`load.inTitle.${groupBy}`),
      })}
      subtitle={groupBy !== 'route' && t('load.fairShareLine')}
      chart={
        kinds ? (
          <Stack spacing={1}>
            {kinds.map(({ kind }) => (
              <div key={kind}>
                <Heading component="h4">{t(`load.kinds.${kind}`)}</Heading>
                {barsOf(groups.filter(group => group.kind === kind))}
              </div>
            ))}
          </Stack>
        ) : (
          barsOf(groups)
        )
      }
    />
  );
}
