import { useText } from '../../state/useText';

/** How many targets of a group are healthy, or were when they were last read. */
export function HealthyOf(props: {
  healthy: number;
  total: number;
  unread: boolean;
}) {
  const t = useText();
  const text = t('health.healthyOf', {
    healthy: String(props.healthy),
    total: String(props.total),
  });
  return <>{props.unread ? t('health.lastKnown', { text }) : text}</>;
}
