import Typography from '@mui/material/Typography';
import type { FleetPage } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact } from '../../lib/format';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';
import { ChoiceField } from '../shared/filters/ChoiceField';
import { FilterRow } from '../shared/filters/FilterRow';
import { OwnerAndSystem } from './OwnerAndSystem';

/** Search, owner, system and environment, stored in the URL. */
export function FleetFilters(props: { data: FleetPage }) {
  const { data } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  return (
    <FilterRow>
      <FilterField
        label={t('fleetPage.search')}
        width={220}
        value={params.get('q') ?? ''}
        onCommit={value => setParams({ cursor: undefined, q: value })}
      />
      <OwnerAndSystem owners={data.owners} systems={data.systems} />
      <ChoiceField
        label={t('fleetPage.environment')}
        value={params.get('env') || undefined}
        options={data.environments}
        labelOf={name => name}
        anyText={t('fleetPage.any')}
        onChange={env => setParams({ cursor: undefined, env })}
      />
      <Typography
        variant="body2"
        color="text.secondary"
        sx={{ alignSelf: 'center' }}
      >
        {t('fleetPage.total', { number: formatExact(data.total) })}
      </Typography>
    </FilterRow>
  );
}
