import { Button } from '@backstage/ui';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type {
  Timeline,
  TimelineKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact } from '../../lib/format';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { EventDetail } from './EventDetail';
import { EVENT_ICONS, EVENT_KINDS, SEVERITY_COLORS } from './eventLook';
import { Stacked } from '../shared/layout/Stacked';
import { Row } from '../shared/layout/Row';
import { Shrinkable } from '../shared/layout/Shrinkable';
import { LongText } from '../shared/text/LongText';

const KIND_PARAM = 'kind';
const MARGIN_MS = 5 * 60_000;

const Events = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  maxHeight: 480,
  overflowY: 'auto',
});

const EventItem = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '24px minmax(0, 1fr) auto',
  columnGap: theme.spacing(1),
  paddingTop: theme.spacing(0.75),
  paddingBottom: theme.spacing(0.75),
  borderBottom: '1px solid',
  borderColor: theme.palette.divider,
}));

/** The events of the range as a list, filtered by kind. */
export function TimelineList(props: { data: Timeline }) {
  const { data } = props;
  const t = useText();
  const said = useSaid();
  const { tab } = useCloudtrace();
  const [params, setParams] = useViewParams();
  const chosen = params.getAll(KIND_PARAM);
  const kinds = EVENT_KINDS.filter(
    kind => data.counts[kind] || chosen.includes(kind),
  );
  const items = data.items.filter(
    event => chosen.length === 0 || chosen.includes(event.kind),
  );
  const toggle = (kind: TimelineKind) =>
    setParams(
      {
        [KIND_PARAM]: chosen.includes(kind)
          ? chosen.filter(item => item !== kind)
          : [...chosen, kind],
      },
      { replace: true },
    );
  return (
    <Stacked gap={1}>
      <Row role="group" aria-label={t('timeline.filter')} gap={0.5} wrap>
        {kinds.map(kind => {
          const Icon = EVENT_ICONS[kind];
          const active = chosen.includes(kind);
          return (
            <Chip
              key={kind}
              size="small"
              clickable
              icon={<Icon />}
              aria-pressed={active}
              color={active ? 'primary' : 'default'}
              variant={active ? 'filled' : 'outlined'}
              label={`${t(`timeline.kinds.${kind}`)} ${formatExact(
                data.counts[kind] ?? 0,
              )}`}
              onClick={() => toggle(kind)}
            />
          );
        })}
      </Row>
      {items.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('timeline.none')}
        </Typography>
      )}
      <Events tabIndex={0}>
        {items.map(event => {
          const Icon = EVENT_ICONS[event.kind];
          const atMs = Date.parse(event.at);
          const href = safeHref(event.url);
          return (
            <EventItem key={event.id}>
              <Icon
                titleAccess={t(`timeline.kinds.${event.kind}`)}
                sx={{ fontSize: 18, color: SEVERITY_COLORS[event.severity] }}
              />
              <Shrinkable>
                <LongText>{said(event, 'title')}</LongText>
                <Typography variant="caption" color="text.secondary">
                  {[formatDateTime(atMs, tab.timeZone), event.zone]
                    .filter(Boolean)
                    .join(' · ')}
                  {event.detail && (
                    <>
                      {' · '}
                      <EventDetail event={event} />
                    </>
                  )}
                  {href && (
                    <>
                      {' · '}
                      <Link
                        href={href}
                        target="_blank"
                        rel="noopener noreferrer"
                      >
                        {t('timeline.link')}
                      </Link>
                    </>
                  )}
                </Typography>
              </Shrinkable>
              <Button
                variant="tertiary"
                onPress={() =>
                  tab.zoomTo(
                    atMs - MARGIN_MS,
                    (event.endedAt ? Date.parse(event.endedAt) : atMs) +
                      MARGIN_MS,
                  )
                }
              >
                {t('timeline.zoom')}
              </Button>
            </EventItem>
          );
        })}
      </Events>
      {data.total > data.items.length && (
        <Typography variant="caption" color="text.secondary">
          {t('timeline.more', {
            shown: formatExact(data.items.length),
            total: formatExact(data.total),
          })}
        </Typography>
      )}
    </Stacked>
  );
}
