import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { FleetNotices } from '../states/FleetNotices';
import { FleetUnavailable } from '../states/FleetUnavailable';
import { QueryStates } from '../states/QueryStates';
import { ActivitiesPanel } from './ActivitiesPanel';
import { AlarmsPanel } from './AlarmsPanel';
import { ScalingGroupSection } from './ScalingGroupSection';

/** When and why did it scale, is it at its limit? */
export function ScalingView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const query = useLiveQuery({
    name: 'scaling',
    read: (range, signal) => api.getScaling(entityRef, range, { signal }),
  });
  return (
    <QueryStates
      query={query}
      what={t('scaling.title')}
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
            <ScalingGroupSection
              key={group.resource.id}
              group={group}
              notices={data.notices}
              domain={{
                fromMs: Date.parse(data.from),
                toMs: Date.parse(data.to),
              }}
            />
          ))}
          <ActivitiesPanel />
          <AlarmsPanel alarms={data.alarms} />
        </>
      )}
    </QueryStates>
  );
}
