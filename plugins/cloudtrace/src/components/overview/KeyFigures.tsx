import { useTheme } from '@mui/material/styles';
import {
  ERROR_RATE_LIMITS,
  type KeyFigure,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatCount, formatLatency, formatPercent } from '../../lib/format';
import { accentColor } from '../../lib/palette';
import { sparkPoints, stepOf } from '../../lib/sparkPoints';
import type { ResolvedRange } from '../../lib/timeRange';
import { useComparison } from '../../state/useComparison';
import { useText } from '../../state/useText';
import { Sparkline } from '../charts/Sparkline';
import { Figure, FigureRow } from '../shared/Figure';

function format(figure: KeyFigure): string | undefined {
  if (figure.value === undefined) {
    return undefined;
  }
  switch (figure.id) {
    case 'requestsPerSecond':
      return `${formatCount(figure.value)}\u202freq/s`;
    case 'errorRate':
      return formatPercent(figure.value);
    case 'p95Ms':
      return formatLatency(figure.value);
    default:
      return formatCount(figure.value);
  }
}

function isBad(figure: KeyFigure): boolean {
  const { id, value, of } = figure;
  return (
    value !== undefined &&
    ((id === 'errorRate' && value >= ERROR_RATE_LIMITS.warning) ||
      (id === 'healthy' && of !== undefined && value < of))
  );
}

/** Four figures with their history and the change against the baseline. */
export function KeyFigures(props: {
  figures: KeyFigure[];
  domain: ResolvedRange;
}) {
  const t = useText();
  const { mode } = useTheme().palette;
  const compare = useComparison();
  return (
    <FigureRow>
      {props.figures.map(figure => {
        const value = format(figure) ?? t('overview.noData');
        return (
          <Figure
            key={figure.id}
            label={t(`overview.figures.${figure.id}`)}
            tone={isBad(figure) ? 'bad' : 'normal'}
            value={
              figure.of === undefined
                ? value
                : t('overview.of', { value, whole: formatCount(figure.of) })
            }
            detail={
              figure.id !== 'healthy' && compare(figure.value, figure.previous)
            }
          >
            {figure.series.length > 1 && (
              <Sparkline
                width="100%"
                color={accentColor('blue', mode)}
                points={sparkPoints(figure.series)}
                domain={props.domain}
                // Health holds until it changes; the others are counted per
                // step.
                stepMs={
                  figure.id === 'healthy'
                    ? undefined
                    : stepOf(sparkPoints(figure.series))
                }
              />
            )}
          </Figure>
        );
      })}
    </FigureRow>
  );
}
