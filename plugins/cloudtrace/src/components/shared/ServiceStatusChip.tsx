import type { ServiceStatus } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { SmallChip } from './SmallChip';

const COLORS = {
  critical: 'error',
  warning: 'warning',
  ok: 'success',
  'no-data': 'default',
} as const;

/** The state of a service in a word. */
export function ServiceStatusChip(props: {
  severity: ServiceStatus['severity'];
}) {
  const t = useText();
  return (
    <SmallChip
      color={COLORS[props.severity]}
      label={t(`fleetPage.severity.${props.severity}`)}
    />
  );
}
