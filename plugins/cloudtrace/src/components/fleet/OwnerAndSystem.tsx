import { shortRef } from '../../lib/shortRef';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { ChoiceField } from '../shared/filters/ChoiceField';

/** Filters for owner and system, stored in the URL. */
export function OwnerAndSystem(props: {
  owners: readonly string[];
  systems: readonly string[];
}) {
  const t = useText();
  const [params, setParams] = useViewParams();
  return (
    <>
      <ChoiceField
        label={t('fleetPage.owner')}
        value={params.get('owner') || undefined}
        options={props.owners}
        labelOf={shortRef}
        anyText={t('fleetPage.any')}
        onChange={owner => setParams({ cursor: undefined, owner })}
      />
      <ChoiceField
        label={t('fleetPage.system')}
        value={params.get('system') || undefined}
        options={props.systems}
        labelOf={shortRef}
        anyText={t('fleetPage.any')}
        onChange={system => setParams({ cursor: undefined, system })}
      />
    </>
  );
}
