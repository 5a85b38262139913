import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { HealthTarget } from '@cloudtrace/plugin-cloudtrace-common';
import { Fragment, useId } from 'react';
import { useText } from '../../state/useText';
import { DragZoom } from '../charts/DragZoom';
import { Hatch } from '../charts/Hatch';
import { TimeAxis } from '../charts/TimeAxis';
import { PlotInset } from '../charts/PlotInset';
import { StateLane } from './StateLane';
import { StateLegend } from './StateLegend';

const Zone = styled(Typography)(({ theme }) => ({
  marginTop: theme.spacing(1),
  fontWeight: 600,
})) as typeof Typography;

const Axis = styled('div')(({ theme }) => ({ marginTop: theme.spacing(1) }));

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
  const patternId = useId().replace(/:/g, '');

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
                  <StateLane
                    target={target}
                    domain={domain}
                    patternId={patternId}
                  />
                </DragZoom>
              </Fragment>
            ))}
          </Fragment>
        ))}
        <Axis>
          <TimeAxis domain={domain} />
        </Axis>
      </PlotInset>
      <StateLegend patternId={patternId} />
    </Box>
  );
}
