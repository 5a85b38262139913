import { styled } from '@mui/material/styles';
import { useOverview } from '../overview/useOverview';
import { useText } from '../../state/useText';

const Mark = styled('span')(({ theme }) => ({
  minWidth: 18,
  paddingLeft: theme.spacing(0.5),
  paddingRight: theme.spacing(0.5),
  borderRadius: theme.shape.borderRadius * 9,
  backgroundColor: theme.palette.error.main,
  color: theme.palette.error.contrastText,
  fontSize: 11,
  lineHeight: '18px',
  textAlign: 'center',
  fontVariantNumeric: 'tabular-nums',
}));

function Badge(props: { number: number | undefined; label: string }) {
  return props.number ? (
    <Mark role="img" aria-label={props.label} title={props.label}>
      {props.number}
    </Mark>
  ) : null;
}

function useBadges() {
  return useOverview().data?.badges ?? {};
}

/** Number of unhealthy targets. */
export function HealthBadge() {
  const t = useText();
  const { unhealthyTargets: number } = useBadges();
  return (
    <Badge
      number={number}
      label={t('badges.unhealthy', { count: number ?? 0 })}
    />
  );
}

/** Number of failed scaling activities in the range. */
export function ScalingBadge() {
  const t = useText();
  const { failedScalings: number } = useBadges();
  return (
    <Badge
      number={number}
      label={t('badges.failedScaling', { count: number ?? 0 })}
    />
  );
}

/** Number of ongoing failovers. */
export function FailoverBadge() {
  const t = useText();
  const { ongoingFailovers: number } = useBadges();
  return (
    <Badge
      number={number}
      label={t('badges.ongoing', { count: number ?? 0 })}
    />
  );
}

/** Number of new critical findings in the newest scan. */
export function SecurityBadge() {
  const t = useText();
  const { newCriticalFindings: number } = useBadges();
  return (
    <Badge
      number={number}
      label={t('badges.critical', { count: number ?? 0 })}
    />
  );
}

/** Number of sources that do not respond. */
export function DiagnosticsBadge() {
  const t = useText();
  const { diagnosticsProblems: number } = useBadges();
  return (
    <Badge
      number={number}
      label={t('badges.problems', { count: number ?? 0 })}
    />
  );
}
