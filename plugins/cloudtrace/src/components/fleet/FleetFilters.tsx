import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { FleetPage } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact } from '../../lib/format';
import { shortRef } from '../../lib/shortRef';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';

const ANY = '*';

/** Search, owner, system and environment; part of the URL. */
export function FleetFilters(props: { data: FleetPage }) {
  const { data } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const choice = (
    name: 'owner' | 'system' | 'env',
    label: string,
    values: string[],
  ) => {
    const value = params.get(name) ?? ANY;
    const options =
      value === ANY || values.includes(value) ? values : [...values, value];
    return (
      <TextField
        select
        size="small"
        label={label}
        value={value}
        sx={{ minWidth: 140 }}
        onChange={event =>
          setParams({
            cursor: undefined,
            [name]: event.target.value === ANY ? undefined : event.target.value,
          })
        }
      >
        <MenuItem value={ANY}>{t('fleetPage.any')}</MenuItem>
        {options.map(item => (
          <MenuItem key={item} value={item}>
            {name === 'env' ? item : shortRef(item)}
          </MenuItem>
        ))}
      </TextField>
    );
  };
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
    >
      <FilterField
        label={t('fleetPage.search')}
        width={220}
        value={params.get('q') ?? ''}
        onCommit={value => setParams({ cursor: undefined, q: value })}
      />
      {choice('owner', t('fleetPage.owner'), data.owners)}
      {choice('system', t('fleetPage.system'), data.systems)}
      {choice('env', t('fleetPage.environment'), data.environments)}
      <Typography variant="body2" color="text.secondary">
        {t('fleetPage.total', { number: formatExact(data.total) })}
      </Typography>
    </Box>
  );
}
