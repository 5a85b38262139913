import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type {
  LoadDistribution,
  LoadFlag,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDecimal, formatPercent } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { flagSentence } from './flagSentence';
import { Surface } from '../shared/layout/Surface';
import { Row } from '../shared/layout/Row';
import { Heading } from '../shared/text/Heading';

const VERDICT_COLORS = {
  even: 'success',
  'slightly-uneven': 'warning',
  uneven: 'error',
  'not-comparable': 'default',
} as const;

/**
 * Flags that the remarks repeat. The sentence above already covers shares.
 * Instances that come and go are normal scaling, which says nothing about
 * fairness.
 */
const REMARKED: ReadonlySet<LoadFlag['kind']> = new Set(['slow', 'failing']);

function useBalanceSentence(data: LoadDistribution): string {
  const t = useText();
  const { balance, groupBy } = data;
  const { busiest, idlest } = balance;
  if (groupBy === 'route') {
    return t('load.balance.routes');
  }
  if (data.groupsTotal < 2) {
    return t('load.balance.single');
  }
  if (balance.verdict === 'not-comparable' || !busiest || !idlest) {
    return t('load.balance.few');
  }
  const words = {
    groups: String(balance.groups),
    names: t(`load.bys.${groupBy}`),
    busiest: busiest.label,
    share: formatPercent(busiest.share),
    fair: formatPercent(busiest.fairShare),
    ratio: formatDecimal(busiest.share / busiest.fairShare, 2),
    idlest: idlest.label,
    least: formatPercent(idlest.share),
    leastFair: formatPercent(idlest.fairShare),
  };
  return balance.verdict === 'even'
    ? t('load.balance.evenDetail', words)
    : t('load.balance.unevenDetail', words);
}

/** The imbalance in words with its figures, and what stands out. */
export function BalanceCard(props: { data: LoadDistribution }) {
  const { data } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const { balance, groups } = data;
  const remarks = groups.flatMap(group =>
    group.flags
      .filter(flag => REMARKED.has(flag.kind) && flag.until === undefined)
      .map(flag => ({
        key: `${group.key}/${flag.kind}`,
        label: group.label,
        text: flagSentence(flag, t, tab.timeZone),
      })),
  );
  return (
    <Surface component="section">
      <Row mb={0.5}>
        <Heading component="h3">{t('load.balance.title')}</Heading>
        <Chip
          size="small"
          color={VERDICT_COLORS[balance.verdict]}
          label={t(`load.balance.${balance.verdict}`)}
        />
      </Row>
      <Typography variant="body2">{useBalanceSentence(data)}</Typography>
      {balance.verdict !== 'not-comparable' &&
        balance.jainIndex !== undefined &&
        balance.maxToMean !== undefined && (
          <Typography variant="caption" color="text.secondary">
            {t('load.balance.figures', {
              jain: formatDecimal(balance.jainIndex, 3),
              ratio: formatDecimal(balance.maxToMean, 2),
            })}
          </Typography>
        )}
      {remarks.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.5 }}>
          {remarks.slice(0, 6).map(remark => (
            <Typography component="li" variant="body2" key={remark.key}>
              <strong>{remark.label}</strong>: {remark.text}
            </Typography>
          ))}
        </Box>
      )}
    </Surface>
  );
}
