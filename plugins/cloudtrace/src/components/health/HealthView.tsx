import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { Panel } from '../shared/Panel';
import { FleetNotices } from '../states/FleetNotices';
import { FleetUnavailable } from '../states/FleetUnavailable';
import { QueryStates } from '../states/QueryStates';
import { HealthGroupSection } from './HealthGroupSection';
import { TransitionTable } from './TransitionTable';

/** Which target is unhealthy, why, since when, what do I do? */
export function HealthView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const query = useLiveQuery({
    name: 'health',
    read: (range, signal) => api.getHealth(entityRef, range, { signal }),
  });
  return (
    <QueryStates
      query={query}
      what={t('health.title')}
      permission="cloudtrace.fleet.read"
      empty={data =>
        data.availability === 'data' ? undefined : (
          <FleetUnavailable
            availability={data.availability}
            notices={data.notices}
          />
        )
      }
    >
      {data => (
        <>
          <FleetNotices notices={data.notices} />
          {data.groups.map(group => (
            <HealthGroupSection
              key={group.resource.id}
              group={group}
              domain={{
                fromMs: Date.parse(data.from),
                toMs: Date.parse(data.to),
              }}
            />
          ))}
          <Panel title={t('health.transitions')}>
            <TransitionTable data={data} />
          </Panel>
        </>
      )}
    </QueryStates>
  );
}
