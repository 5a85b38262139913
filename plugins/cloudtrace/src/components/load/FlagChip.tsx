import Tooltip from '@mui/material/Tooltip';
import type { LoadFlag, LoadKind } from '@cloudtrace/plugin-cloudtrace-common';
import { flagSentence } from './flagSentence';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { SmallChip } from '../shared/SmallChip';

const COLORS = { info: 'info', warning: 'warning', critical: 'error' } as const;

/** A flag of a group, with its figures on hover and focus. */
export function FlagChip(props: { flag: LoadFlag; ofKind?: LoadKind }) {
  const { flag, ofKind } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  return (
    <Tooltip title={flagSentence(flag, t, tab.timeZone, ofKind)}>
      <SmallChip
        variant="outlined"
        tabIndex={0}
        color={COLORS[flag.severity]}
        label={t(`load.flags.${flag.kind}`)}
      />
    </Tooltip>
  );
}
