import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExactClock, formatLatency } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { requestName } from './RequestTable';
import { StatusChip } from './StatusChip';
import { Heading } from '../shared/text/Heading';

const Neighbour = styled(ButtonBase)(({ theme }) => ({
  display: 'grid',
  width: '100%',
  gap: theme.spacing(1),
  padding: theme.spacing(0.25, 1),
  gridTemplateColumns: '92px minmax(0, 1fr) auto 72px',
  alignItems: 'center',
  textAlign: 'left',
  borderRadius: theme.shape.borderRadius * 0.5,
  fontVariantNumeric: 'tabular-nums',
  '&[aria-current]': { backgroundColor: theme.palette.action.selected },
  '&:hover, &:focus-visible': { backgroundColor: theme.palette.action.hover },
}));

/** Requests just before and after one; the current one is marked, the others are links. */
export function NeighbourList(props: {
  title: string;
  requests: RequestRecord[];
  current: RequestRecord;
  onOpen: (request: RequestRecord) => void;
}) {
  const { title, requests, current, onOpen } = props;
  const { tab } = useCloudtrace();
  return (
    <Box component="section" aria-label={title}>
      <Heading component="h3" mb={0.5}>
        {title}
      </Heading>
      {requests.map(request => {
        const isCurrent = request.spanId === current.spanId;
        return (
          <Neighbour
            key={`${request.traceId}/${request.spanId}`}
            aria-current={isCurrent ? 'true' : undefined}
            disabled={isCurrent}
            onClick={() => onOpen(request)}
          >
            <Typography variant="caption">
              {formatExactClock(Date.parse(request.startedAt), tab.timeZone)}
            </Typography>
            <Typography variant="body2" noWrap>
              {requestName(request)}
            </Typography>
            <StatusChip statusCode={request.statusCode} error={request.error} />
            <Typography variant="body2" align="right">
              {formatLatency(request.durationMs)}
            </Typography>
          </Neighbour>
        );
      })}
    </Box>
  );
}
