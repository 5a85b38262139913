import { Skeleton } from '@backstage/ui';
import { useText } from '../../state/useText';
import { Panel } from '../shared/Panel';
import { GettingStarted } from '../states/GettingStarted';
import { QueryStates } from '../states/QueryStates';
import { TimelineList } from '../timeline/TimelineList';
import { useTimeline } from '../timeline/useTimeline';
import { InsightList } from './InsightList';
import { KeyFigures } from './KeyFigures';
import { RequestCurve } from './RequestCurve';
import { StatusLine } from './StatusLine';
import { useOverview } from './useOverview';
import { Banner } from '../shared/Banner';

/** The view "Overview": is the service healthy, and what changed? */
export function OverviewView() {
  const t = useText();
  const overview = useOverview();
  const timeline = useTimeline();
  return (
    <QueryStates
      query={overview}
      what={t('overview.title')}
      permission="cloudtrace.requests.read"
      empty={data => {
        const anything =
          data.asOf !== undefined ||
          data.figures.some(figure => figure.value !== undefined) ||
          (timeline.data?.total ?? 0) > 0;
        return anything ? undefined : <GettingStarted />;
      }}
    >
      {data => (
        <>
          {data.hidden.length > 0 && (
            <Banner status="info">
              {t('overview.hidden', {
                parts: data.hidden
                  .map(part => t(`overview.parts.${part}`))
                  .join(', '),
              })}
            </Banner>
          )}
          <StatusLine status={data.status} />
          <KeyFigures
            figures={data.figures}
            domain={{
              fromMs: Date.parse(data.from),
              toMs: Date.parse(data.to),
            }}
          />
          <RequestCurve />
          <Panel title={t('overview.standsOut')}>
            <InsightList insights={data.insights} />
          </Panel>
          <Panel title={t('timeline.title')}>
            <QueryStates
              query={timeline}
              what={t('timeline.title')}
              permission="cloudtrace.fleet.read"
              loading={<Skeleton height={200} />}
            >
              {events => <TimelineList data={events} />}
            </QueryStates>
          </Panel>
        </>
      )}
    </QueryStates>
  );
}
