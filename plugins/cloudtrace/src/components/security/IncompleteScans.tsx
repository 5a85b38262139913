import Box from '@mui/material/Box';
import type { Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { Banner } from '../shared/Banner';

/** The newest incomplete scans: findings may be missing or already fixed. */
export function IncompleteScans(props: { scans: readonly Scan[] }) {
  const t = useText();
  const said = useSaid();
  const { tab } = useCloudtrace();
  if (props.scans.length === 0) return null;
  return (
    <Banner status="warning">
      {t('security.incompleteNotice')}
      {props.scans.map(scan => (
        <Box key={scan.scanId}>
          {t('security.incompleteScan', {
            tool: scan.tool,
            category: scan.category,
            ref: scan.ref,
            time: formatDateTime(Date.parse(scan.receivedAt), tab.timeZone),
            reason: said(scan, 'incomplete'),
          })}
        </Box>
      ))}
    </Banner>
  );
}
