import { Button, ButtonLink } from '@backstage/ui';
import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type {
  RequestDetails,
  RequestRecord,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  formatDecimal,
  formatExactTime,
  formatLatency,
} from '../../lib/format';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Facts } from '../shared/Facts';
import { NeighbourList } from './NeighbourList';
import { FIRST_PAGE, NO_FILTERS } from './requestFilters';
import { requestName } from './RequestTable';
import { StatusChip } from './StatusChip';
import { Heading } from '../shared/text/Heading';
import { Row } from '../shared/layout/Row';

/** Facts, comparison, links and neighbours of one request. */
export function RequestDetailsContent(props: {
  details: RequestDetails;
  onOpen: (request: RequestRecord) => void;
  onClose: () => void;
}) {
  const { details, onOpen } = props;
  const { request, routeLatencyMs, neighbours, sameTrace } = details;
  const t = useText();
  const { tab } = useCloudtrace();
  const [, setParams] = useViewParams();
  const time = (value: string) =>
    formatExactTime(Date.parse(value), tab.timeZone);
  const p50 = routeLatencyMs?.p50;
  const links = details.links
    .map(link => ({ ...link, href: safeHref(link.url) }))
    .filter(link => link.href);
  const only = (name: 'instance' | 'route' | 'trace', value: string) =>
    setParams({
      ...NO_FILTERS,
      ...FIRST_PAGE,
      [name]: value,
      open: undefined,
      at: undefined,
    });

  return (
    <>
      <Box>
        <Heading size="record">{requestName(request)}</Heading>
        <Row>
          <StatusChip statusCode={request.statusCode} error={request.error} />
          <Typography>{formatLatency(request.durationMs)}</Typography>
        </Row>
        {p50 !== undefined && p50 > 0 && (
          <Typography variant="body2" color="text.secondary">
            {t('requests.details.compare', {
              ratio: formatDecimal(request.durationMs / p50, 1),
              p50: formatLatency(p50),
              p95: formatLatency(routeLatencyMs?.p95),
            })}
          </Typography>
        )}
      </Box>
      {links.length > 0 && (
        <Row wrap>
          {links.map(link => (
            <ButtonLink
              key={link.url}
              variant="secondary"
              href={link.href!}
              target="_blank"
              rel="noopener noreferrer"
              iconEnd={<OpenInNewIcon />}
            >
              {link.title}
            </ButtonLink>
          ))}
        </Row>
      )}
      <Facts
        items={[
          [t('requests.details.startedAt'), time(request.startedAt)],
          [t('requests.details.endedAt'), time(details.endedAt)],
          [t('requests.details.instance'), request.instanceId],
          [t('requests.details.zone'), request.zone || t('load.noZone')],
          [t('requests.details.environment'), request.environment],
          [t('requests.details.kind'), request.kind],
          [t('requests.details.traceId'), request.traceId],
          [t('requests.details.spanId'), request.spanId],
        ]}
      />
      <Row wrap>
        <Button
          variant="tertiary"
          onPress={() => only('instance', request.instanceId)}
        >
          {t('requests.details.onlyInstance')}
        </Button>
        <Button variant="tertiary" onPress={() => only('route', request.route)}>
          {t('requests.details.onlyRoute')}
        </Button>
        <Button
          variant="tertiary"
          onPress={() => only('trace', request.traceId)}
        >
          {t('requests.details.onlyTrace')}
        </Button>
      </Row>
      <NeighbourList
        title={t('requests.details.neighbours')}
        requests={[...neighbours.before, request, ...neighbours.after]}
        current={request}
        onOpen={onOpen}
      />
      {sameTrace.length > 0 && (
        <NeighbourList
          title={t('requests.details.sameTrace')}
          requests={sameTrace}
          current={request}
          onOpen={onOpen}
        />
      )}
    </>
  );
}
