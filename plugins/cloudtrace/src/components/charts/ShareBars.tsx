import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { formatPercent } from '../../lib/format';
import { PlainList } from '../shared/layout/PlainList';
import { Row } from '../shared/layout/Row';

/** One bar: a share between 0 and 1. */
export interface ShareBar {
  key: string;
  label: string;
  share: number;
  color: string;
  /** Not empty if another bar has the same colour; the bar is then hatched. */
  dash?: string;
  /** The fair share, between 0 and 1. */
  fairShare?: number;
  /** Shown after the share, e.g. the zone. */
  detail?: string;
}

const HATCHED =
  'repeating-linear-gradient(45deg, transparent 0 4px, rgba(128, 128, 128, 0.9) 4px 6px)';

/**
 * Shares as bars, each with a dashed line at its fair share. Plain elements, so
 * that screen readers read them as a list.
 */
export function ShareBars(props: { bars: ShareBar[] }) {
  const { bars } = props;
  const widest = Math.max(
    ...bars.flatMap(bar => [bar.share, bar.fairShare ?? 0]),
    0.01,
  );
  const scale = (share: number) => `${(share / (widest * 1.05)) * 100}%`;
  return (
    <PlainList>
      {bars.map(bar => (
        <Box component="li" key={bar.key} sx={{ pb: 1 }}>
          <Row justify="space-between">
            <Typography variant="body2" noWrap title={bar.label}>
              {bar.label}
              {bar.detail && (
                <Typography
                  component="span"
                  variant="caption"
                  color="text.secondary"
                  sx={{ ml: 1 }}
                >
                  {bar.detail}
                </Typography>
              )}
            </Typography>
            <Typography
              variant="body2"
              sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
            >
              {formatPercent(bar.share)}
            </Typography>
          </Row>
          <Box sx={{ position: 'relative', height: 12 }}>
            <Box
              sx={{
                position: 'absolute',
                inset: 0,
                borderRadius: 0.5,
                bgcolor: 'action.hover',
              }}
            />
            <Box
              sx={{
                position: 'absolute',
                top: 0,
                bottom: 0,
                left: 0,
                borderRadius: 0.5,
                width: scale(bar.share),
                minWidth: bar.share > 0 ? 2 : 0,
                bgcolor: bar.color,
                backgroundImage: bar.dash ? HATCHED : undefined,
              }}
            />
            {bar.fairShare !== undefined && (
              <Box
                sx={{
                  position: 'absolute',
                  top: -3,
                  bottom: -3,
                  left: scale(bar.fairShare),
                  borderLeft: '2px dashed',
                  borderColor: 'text.primary',
                }}
              />
            )}
          </Box>
        </Box>
      ))}
    </PlainList>
  );
}
