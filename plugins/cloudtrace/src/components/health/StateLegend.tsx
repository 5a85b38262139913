import Typography from '@mui/material/Typography';
import { styled, useTheme } from '@mui/material/styles';
import { useText } from '../../state/useText';
import { Row } from '../shared/layout/Row';
import { stateStyle, type LaneState } from './stateColors';

const SHOWN: LaneState[] = [
  'healthy',
  'unhealthy',
  'initial',
  'draining',
  'unavailable',
  'unused',
];

const Legend = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  marginTop: theme.spacing(1),
  padding: 0,
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: theme.spacing(2),
}));

/** What the colours and patterns of the lanes mean. */
export function StateLegend(props: {
  /** Prefix of the ids of the patterns. */
  patternId: string;
}) {
  const { patternId } = props;
  const t = useText();
  const theme = useTheme();
  return (
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
  );
}
