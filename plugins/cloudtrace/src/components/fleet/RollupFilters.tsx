import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { shortRef } from '../../lib/shortRef';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';
import { GROUPINGS, isCve, readRollupQuery } from './rollupQuery';

const ANY = '*';
const CHOICES_STALE_MS = 60_000;

/** Grouping, CVE, owner and system; part of the URL. */
export function RollupFilters() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const [params, setParams] = useViewParams();
  const query = readRollupQuery(params);
  const choices = useQuery({
    queryKey: ['cloudtrace', 'rollup-choices'],
    queryFn: ({ signal }) => api.listFleet({ limit: 1 }, { signal }),
    staleTime: CHOICES_STALE_MS,
  });
  const choice = (
    name: 'owner' | 'system',
    label: string,
    values: string[] = [],
  ) => {
    const value = query[name] ?? ANY;
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
            {shortRef(item)}
          </MenuItem>
        ))}
      </TextField>
    );
  };
  return (
    <>
      <Box
        role="search"
        aria-label={t('requests.filters')}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'flex-start',
        }}
      >
        <FilterField
          label={t('rollup.cve')}
          width={220}
          value={params.get('cve') ?? ''}
          validate={value => (isCve(value) ? undefined : t('rollup.cveWrong'))}
          onCommit={value => setParams({ cursor: undefined, cve: value })}
        />
        <TextField
          select
          size="small"
          label={t('rollup.groupBy')}
          value={query.groupBy}
          sx={{ minWidth: 120 }}
          onChange={event =>
            setParams({
              cursor: undefined,
              by:
                event.target.value === GROUPINGS[0]
                  ? undefined
                  : event.target.value,
            })
          }
        >
          {GROUPINGS.map(grouping => (
            <MenuItem key={grouping} value={grouping}>
              {t(`rollup.groups.${grouping}`)}
            </MenuItem>
          ))}
        </TextField>
        {choice('owner', t('fleetPage.owner'), choices.data?.owners)}
        {choice('system', t('fleetPage.system'), choices.data?.systems)}
        {['cve', 'owner', 'system'].some(name => params.has(name)) && (
          <Button
            size="small"
            sx={{ alignSelf: 'center' }}
            onClick={() =>
              setParams({
                cursor: undefined,
                cve: undefined,
                owner: undefined,
                system: undefined,
              })
            }
          >
            {t('rollup.clear')}
          </Button>
        )}
      </Box>
      {choices.error && (
        <Alert severity="warning">
          {t('rollup.choicesMissing', { reason: choices.error.message })}
        </Alert>
      )}
    </>
  );
}
