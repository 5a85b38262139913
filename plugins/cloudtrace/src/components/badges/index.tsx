import Box from '@mui/material/Box';
import { useOverview } from '../overview/useOverview';
import { useText } from '../../state/useText';

function Badge(props: { number: number | undefined; label: string }) {
  return props.number ? (
    <Box
      component="span"
      role="img"
      aria-label={props.label}
      title={props.label}
      sx={{
        minWidth: 18,
        px: 0.5,
        borderRadius: 9,
        bgcolor: 'error.main',
        color: 'error.contrastText',
        fontSize: 11,
        lineHeight: '18px',
        textAlign: 'center',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {props.number}
    </Box>
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
