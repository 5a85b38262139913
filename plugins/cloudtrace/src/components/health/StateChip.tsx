import { useText } from '../../state/useText';
import type { LaneState } from './stateColors';
import { SmallChip } from '../shared/SmallChip';

const COLORS: Partial<
  Record<LaneState, 'success' | 'error' | 'info' | 'warning'>
> = {
  healthy: 'success',
  unhealthy: 'error',
  initial: 'info',
  draining: 'warning',
  unavailable: 'warning',
};

/** The state of a target in a word. */
export function StateChip(props: {
  state: LaneState;
  /** Without colour, because the state may have changed since. */
  faded?: boolean;
}) {
  const { state, faded } = props;
  const t = useText();
  return (
    <SmallChip
      variant={state === 'unhealthy' && !faded ? 'filled' : 'outlined'}
      color={(!faded && COLORS[state]) || 'default'}
      label={t(`health.states.${state}`)}
    />
  );
}
