import { useText } from '../../state/useText';
import { FleetData } from '../states/FleetData';
import { ActivitiesPanel } from './ActivitiesPanel';
import { AlarmsPanel } from './AlarmsPanel';
import { ScalingGroupSection } from './ScalingGroupSection';

/** The view "Scaling": when and why did it scale, and is it at its limit? */
export function ScalingView() {
  const t = useText();
  return (
    <FleetData
      name="scaling"
      what={t('scaling.title')}
      read={(api, ...query) => api.getScaling(...query)}
    >
      {(data, domain) => (
        <>
          {data.groups.map(group => (
            <ScalingGroupSection
              key={group.resource.id}
              group={group}
              notices={data.notices}
              domain={domain}
            />
          ))}
          <ActivitiesPanel groups={data.groups} notices={data.notices} />
          <AlarmsPanel alarms={data.alarms} />
        </>
      )}
    </FleetData>
  );
}
