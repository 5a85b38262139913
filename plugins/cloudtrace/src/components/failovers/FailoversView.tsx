import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import {
  TAB_PARAMS,
  type FailoverPage,
  type FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatCount, formatDuration } from '../../lib/format';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Figure, FigureRow } from '../shared/Figure';
import { FleetData } from '../states/FleetData';
import { Notice } from '../states/Notice';
import { FailoverCard } from './FailoverCard';
import { Row } from '../shared/layout/Row';

const PAGE_SIZE = 20;

/** Links open an episode by its id or by the id of an episode that merged into it. */
function isOpen(
  { failoverId, previousIds }: FailoverSummary,
  open: string | null,
): boolean {
  return (
    open !== null && (open === failoverId || !!previousIds?.includes(open))
  );
}

function FailoverFigures(props: { statistics: FailoverPage['statistics'] }) {
  const { statistics } = props;
  const t = useText();
  return (
    <FigureRow>
      <Figure
        label={t('failovers.count')}
        value={formatCount(statistics.count)}
        detail={t('failovers.countDetail', {
          unplanned: String(statistics.unplanned),
          ongoing: String(statistics.ongoing),
        })}
        tone={statistics.ongoing > 0 ? 'bad' : 'normal'}
      />
      <Figure
        label={t('failovers.meanDetect')}
        value={
          statistics.count > 0 && statistics.meanTimeToDetectMs === undefined
            ? t('failovers.notKnown')
            : formatDuration(statistics.meanTimeToDetectMs)
        }
      />
      <Figure
        label={t('failovers.meanRecover')}
        value={formatDuration(statistics.meanTimeToRecoverMs)}
        detail={
          statistics.longestMs !== undefined &&
          t('failovers.longest', { time: formatDuration(statistics.longestMs) })
        }
      />
      <Figure
        label={t('failovers.requestsFailed')}
        value={
          statistics.count > 0 && statistics.requestsFailed === undefined
            ? t('failovers.notKnown')
            : formatCount(statistics.requestsFailed)
        }
        detail={
          statistics.requestsFailed !== undefined &&
          statistics.impactUnknown > 0 &&
          t('failovers.impactUnknown', { count: statistics.impactUnknown })
        }
      />
    </FigureRow>
  );
}

/** The view "Failovers": what failed over, how fast did it recover, and what did it cost? */
export function FailoversView() {
  const t = useText();
  const [params, setParams] = useViewParams();
  const cursor = params.get('page') ?? undefined;
  const open = params.get(TAB_PARAMS.failover);
  return (
    <FleetData
      name="failovers"
      what={t('failovers.title')}
      parameters={cursor}
      read={(api, entityRef, range, options) =>
        api.listFailovers(
          entityRef,
          { ...range, cursor, limit: PAGE_SIZE },
          options,
        )
      }
      hasHistory={data => data.items.length > 0}
    >
      {data => (
        <>
          <FailoverFigures statistics={data.statistics} />
          {data.items.length === 0 && (
            <Notice title={t('failovers.none')}>
              <Typography>{t('failovers.noneDetail')}</Typography>
            </Notice>
          )}
          {data.items.map(failover => (
            <FailoverCard
              key={failover.failoverId}
              failover={failover}
              open={isOpen(failover, open)}
              onToggle={() =>
                setParams({
                  [TAB_PARAMS.failover]: isOpen(failover, open)
                    ? undefined
                    : failover.failoverId,
                })
              }
            />
          ))}
          {(cursor || data.nextCursor) && (
            <Row justify="flex-end">
              <Button
                variant="tertiary"
                isDisabled={!cursor}
                onPress={() => setParams({ page: undefined })}
              >
                {t('requests.firstPage')}
              </Button>
              <Button
                variant="tertiary"
                isDisabled={!data.nextCursor}
                onPress={() => setParams({ page: data.nextCursor })}
              >
                {t('requests.nextPage')}
              </Button>
            </Row>
          )}
        </>
      )}
    </FleetData>
  );
}
