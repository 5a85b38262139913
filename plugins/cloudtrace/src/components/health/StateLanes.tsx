import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled, useTheme } from '@mui/material/styles';
import type { HealthTarget } from '@cloudtrace/plugin-cloudtrace-common';
import { Fragment, useId } from 'react';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { DragZoom } from '../charts/DragZoom';
import { Hatch } from '../charts/Hatch';
import { TimeAxis } from '../charts/TimeAxis';
import { stateStyle, type LaneState } from './stateColors';
import { Row } from '../shared/layout/Row';
import { PlotInset } from '../charts/PlotInset';

const WIDTH = 1000;
const LANE_HEIGHT = 14;
const SHOWN: LaneState[] = [
  'healthy',
  'unhealthy',
  'initial',
  'draining',
  'unavailable',
  'unused',
];

const Zone = styled(Typography)(({ theme }) => ({
  marginTop: theme.spacing(1),
  fontWeight: 600,
})) as typeof Typography;

const Lane = styled('svg')(({ theme }) => ({
  width: '100%',
  height: LANE_HEIGHT,
  display: 'block',
  backgroundColor: theme.palette.action.hover,
  borderRadius: theme.shape.borderRadius * 0.5,
}));

const Axis = styled('div')(({ theme }) => ({ marginTop: theme.spacing(1) }));

const Legend = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  marginTop: theme.spacing(1),
  padding: 0,
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: theme.spacing(2),
}));

function byZone(targets: HealthTarget[]): Array<[string, HealthTarget[]]> {
  const zones = new Map<string, HealthTarget[]>();
  for (const target of targets) {
    const zone = target.zone ?? '';
    zones.set(zone, [...(zones.get(zone) ?? []), target]);
  }
  return [...zones].sort(([a], [b]) => a.localeCompare(b));
}

/** One lane per target, grouped by zone: its state over the range. */
export function StateLanes(props: {
  targets: HealthTarget[];
  domain: { fromMs: number; toMs: number };
}) {
  const { targets, domain } = props;
  const t = useText();
  const said = useSaid();
  const theme = useTheme();
  const patternId = useId().replace(/:/g, '');
  const { tab } = useCloudtrace();
  const durationMs = domain.toMs - domain.fromMs;
  const x = (ms: number) =>
    Math.min(Math.max(((ms - domain.fromMs) / durationMs) * WIDTH, 0), WIDTH);
  const time = (ms: number) => formatDateTime(ms, tab.timeZone);

  return (
    <Box>
      <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden>
        <defs>
          <Hatch id={`${patternId}-hatched`} color="rgba(255,255,255,0.45)" />
          <pattern
            id={`${patternId}-dotted`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
          >
            <circle cx="3" cy="3" r="1.2" fill="rgba(0,0,0,0.35)" />
          </pattern>
        </defs>
      </svg>
      <PlotInset>
        {byZone(targets).map(([zone, list]) => (
          <Fragment key={zone}>
            <Zone variant="caption" component="p" color="text.secondary">
              {zone || t('load.noZone')}
            </Zone>
            {list.map(target => (
              <Fragment key={target.targetId}>
                <Typography variant="caption" component="p" noWrap>
                  {target.label}
                </Typography>
                <DragZoom domain={domain}>
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
                      const to = interval.to
                        ? Date.parse(interval.to)
                        : domain.toMs;
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
                              {`${t(`health.states.${interval.state}`)}, ${time(
                                from,
                              )} – ${interval.to ? time(to) : ''}${
                                interval.reason
                                  ? `: ${said(interval.reason, 'summary')}`
                                  : ''
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
                </DragZoom>
              </Fragment>
            ))}
          </Fragment>
        ))}
        <Axis>
          <TimeAxis domain={domain} />
        </Axis>
      </PlotInset>
      <Legend aria-label={t('health.lanesLegend')}>
        {SHOWN.map(state => {
          const style = stateStyle(state, theme);
          return (
            <Row component="li" key={state} gap={0.75}>
              <svg width="14" height="10" aria-hidden>
                <rect width="14" height="10" rx="2" fill={style.color} />
                {style.pattern && (
                  <rect
                    width="14"
                    height="10"
                    fill={`url(#${patternId}-${style.pattern})`}
                  />
                )}
              </svg>
              <Typography variant="caption">
                {t(`health.states.${state}`)}
              </Typography>
            </Row>
          );
        })}
      </Legend>
    </Box>
  );
}
