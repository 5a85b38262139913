import type { Theme } from '@mui/material/styles';
import type { StateInterval } from '@cloudtrace/plugin-cloudtrace-common';

/** State of a target, `gone` or `no-data`. */
export type LaneState = StateInterval['state'];

/** How a state is drawn: a colour, and a pattern for important states. */
export interface StateStyle {
  color: string;
  pattern?: 'hatched' | 'dotted';
}

/** The style of each state; readable without distinguishing red from green. */
export function stateStyle(state: LaneState, theme: Theme): StateStyle {
  const dark = theme.palette.mode === 'dark';
  switch (state) {
    case 'healthy':
      return { color: dark ? '#2bc498' : '#009e73' };
    case 'unhealthy':
      return { color: dark ? '#ff6b5e' : '#c62828', pattern: 'hatched' };
    case 'initial':
      return { color: dark ? '#56b4e9' : '#0072b2' };
    case 'draining':
      return { color: dark ? '#e6cf4a' : '#b7950b', pattern: 'dotted' };
    case 'unavailable':
      return { color: dark ? '#f0893c' : '#d55e00', pattern: 'dotted' };
    case 'unused':
    case 'unknown':
      return { color: dark ? '#8b949e' : '#9aa0a6' };
    default:
      return { color: 'transparent' };
  }
}
