import { styled, useTheme } from '@mui/material/styles';
import type { HealthTarget } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { stateStyle } from './stateColors';

const WIDTH = 1000;
const LANE_HEIGHT = 14;
const Lane = styled('svg')(({ theme }) => ({
  width: '100%',
  height: LANE_HEIGHT,
  display: 'block',
  backgroundColor: theme.palette.action.hover,
  borderRadius: theme.shape.borderRadius * 0.5,
}));

/** The states of one target over the range. */
export function StateLane(props: {
  target: HealthTarget;
  domain: { fromMs: number; toMs: number };
  /** Prefix of the ids of the patterns. */
  patternId: string;
}) {
  const { target, domain, patternId } = props;
  const t = useText();
  const said = useSaid();
  const theme = useTheme();
  const { tab } = useCloudtrace();
  const durationMs = domain.toMs - domain.fromMs;
  const x = (ms: number) =>
    Math.min(Math.max(((ms - domain.fromMs) / durationMs) * WIDTH, 0), WIDTH);
  const time = (ms: number) => formatDateTime(ms, tab.timeZone);

  return (
    <Lane
      role="img"
      aria-label={`${target.label}: ${target.intervals
        .map(
          interval =>
            `${t(`health.states.${interval.state}`)} ${time(
              Date.parse(interval.from),
            )}`,
        )
        .slice(-8)
        .join(', ')}`}
      viewBox={`0 0 ${WIDTH} ${LANE_HEIGHT}`}
      preserveAspectRatio="none"
    >
      {target.intervals.map(interval => {
        const from = Date.parse(interval.from);
        const to = interval.to ? Date.parse(interval.to) : domain.toMs;
        const style = stateStyle(interval.state, theme);
        const shape = {
          x: x(from),
          width: Math.max(x(to) - x(from), 1.5),
          height: LANE_HEIGHT,
        };
        return (
          <g key={interval.from}>
            <rect {...shape} fill={style.color}>
              <title>
                {`${t(`health.states.${interval.state}`)}, ${time(from)} – ${
                  interval.to ? time(to) : ''
                }${
                  interval.reason ? `: ${said(interval.reason, 'summary')}` : ''
                }`}
              </title>
            </rect>
            {style.pattern && (
              <rect
                {...shape}
                fill={`url(#${patternId}-${style.pattern})`}
                pointerEvents="none"
              />
            )}
          </g>
        );
      })}
    </Lane>
  );
}
