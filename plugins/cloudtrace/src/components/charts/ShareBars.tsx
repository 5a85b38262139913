import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
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

const Entry = styled('li')(({ theme }) => ({
  paddingBottom: theme.spacing(1),
}));

const Detail = styled(Typography)(({ theme }) => ({
  marginLeft: theme.spacing(1),
})) as typeof Typography;

const Share = styled(Typography)({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
});

const Track = styled('div')({ position: 'relative', height: 12 });

const TrackFill = styled('div')(({ theme }) => ({
  position: 'absolute',
  inset: 0,
  borderRadius: theme.shape.borderRadius * 0.5,
  backgroundColor: theme.palette.action.hover,
}));

const Bar = styled('div')(({ theme }) => ({
  position: 'absolute',
  top: 0,
  bottom: 0,
  left: 0,
  borderRadius: theme.shape.borderRadius * 0.5,
}));

const FairShare = styled('div')(({ theme }) => ({
  position: 'absolute',
  top: -3,
  bottom: -3,
  borderLeft: '2px dashed',
  borderColor: theme.palette.text.primary,
}));

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
        <Entry key={bar.key}>
          <Row justify="space-between">
            <Typography variant="body2" noWrap title={bar.label}>
              {bar.label}
              {bar.detail && (
                <Detail
                  component="span"
                  variant="caption"
                  color="text.secondary"
                >
                  {bar.detail}
                </Detail>
              )}
            </Typography>
            <Share variant="body2">{formatPercent(bar.share)}</Share>
          </Row>
          <Track>
            <TrackFill />
            <Bar
              style={{
                width: scale(bar.share),
                minWidth: bar.share > 0 ? 2 : 0,
                backgroundColor: bar.color,
                backgroundImage: bar.dash ? HATCHED : undefined,
              }}
            />
            {bar.fairShare !== undefined && (
              <FairShare style={{ left: scale(bar.fairShare) }} />
            )}
          </Track>
        </Entry>
      ))}
    </PlainList>
  );
}
