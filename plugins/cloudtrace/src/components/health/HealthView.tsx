import { useText } from '../../state/useText';
import { Panel } from '../shared/Panel';
import { FleetData } from '../states/FleetData';
import { HealthGroupSection } from './HealthGroupSection';
import { OtherGroups } from './OtherGroups';
import { TransitionTable } from './TransitionTable';

/** The view "Health": which target is unhealthy, why, since when, and what to do? */
export function HealthView() {
  const t = useText();
  return (
    <FleetData
      name="health"
      what={t('health.title')}
      read={(api, ...query) => api.getHealth(...query)}
    >
      {(data, domain) => (
        <>
          {data.groups.map(group => (
            <HealthGroupSection
              key={group.resource.id}
              group={group}
              domain={domain}
            />
          ))}
          {data.otherGroups && <OtherGroups groups={data.otherGroups} />}
          <Panel title={t('health.transitions')}>
            <TransitionTable data={data} />
          </Panel>
        </>
      )}
    </FleetData>
  );
}
