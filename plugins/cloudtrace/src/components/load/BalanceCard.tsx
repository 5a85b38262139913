import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type {
  LoadBalance,
  LoadFlag,
  LoadGroupBy,
  LoadKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDecimal, formatPercent } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { flagSentence } from './flagSentence';
import type { ShownLoad } from './nameKinds';
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

/** What a verdict is about. */
interface Judged {
  /** Absent if everything is of the same kind. */
  kind?: LoadKind;
  groupBy: LoadGroupBy;
  groupsTotal: number;
  balance: LoadBalance;
}

function balanceSentence(
  { kind = 'server', groupBy, groupsTotal, balance }: Judged,
  t: ReturnType<typeof useText>,
): string {
  const { busiest, idlest } = balance;
  const what = t(`load.ofKind.${kind}`);
  if (groupBy === 'route') {
    return t('load.balance.routes');
  }
  if (kind === 'unknown') {
    return t('load.balance.unknown');
  }
  if (groupsTotal < 2) {
    return t('load.balance.single', { what });
  }
  if (balance.verdict === 'not-comparable' || !busiest || !idlest) {
    return t('load.balance.few', { what });
  }
  const words = {
    what,
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

function VerdictChip(props: { verdict: LoadBalance['verdict'] }) {
  const { verdict } = props;
  const t = useText();
  return (
    <Chip
      size="small"
      color={VERDICT_COLORS[verdict]}
      label={t(`load.balance.${verdict}`)}
    />
  );
}

function BalanceText(props: { judged: Judged }) {
  const { judged } = props;
  const t = useText();
  const { verdict, jainIndex, maxToMean } = judged.balance;
  return (
    <>
      <Typography variant="body2">{balanceSentence(judged, t)}</Typography>
      {verdict !== 'not-comparable' &&
        jainIndex !== undefined &&
        maxToMean !== undefined && (
          <Typography variant="caption" color="text.secondary">
            {t('load.balance.figures', {
              jain: formatDecimal(jainIndex, 3),
              ratio: formatDecimal(maxToMean, 2),
            })}
          </Typography>
        )}
    </>
  );
}

/** The imbalance of each kind of work in words with its figures, and what stands out. */
export function BalanceCard(props: { data: ShownLoad }) {
  const { data } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const { balance, groups, groupBy, groupsTotal, kinds } = data;
  const remarks = groups.flatMap(group =>
    group.flags
      .filter(flag => REMARKED.has(flag.kind) && flag.until === undefined)
      .map(flag => ({
        key: `${group.key}/${flag.kind}`,
        label: group.label,
        text: flagSentence(flag, t, tab.timeZone, group.kind),
      })),
  );
  return (
    <Surface component="section">
      <Row mb={0.5}>
        <Heading component="h3">{t('load.balance.title')}</Heading>
        {!kinds && <VerdictChip verdict={balance.verdict} />}
      </Row>
      {kinds ? (
        kinds.map(part => (
          <Box key={part.kind} mt={1}>
            <Row mb={0.5}>
              <Heading component="h4">{t(`load.kinds.${part.kind}`)}</Heading>
              <VerdictChip verdict={part.balance.verdict} />
            </Row>
            <BalanceText judged={{ groupBy, ...part }} />
          </Box>
        ))
      ) : (
        <BalanceText judged={{ groupBy, groupsTotal, balance }} />
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
