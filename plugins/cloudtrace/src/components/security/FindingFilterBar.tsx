import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { ListFindingsQuery } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';
import { SORTS, STATES } from './findingFilters';
import { SEVERITIES } from './severityColors';

/** State, severity, tool, search and order of the findings. */
export function FindingFilterBar(props: {
  query: ListFindingsQuery;
  tools: string[];
}) {
  const { query, tools } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const several = (
    name: 'state' | 'severity' | 'tool',
    label: string,
    options: string[],
    value: string[],
    labelOf: (option: string) => string,
  ) => (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      sx={{ minWidth: 130, maxWidth: 240 }}
      SelectProps={{
        multiple: true,
        renderValue: chosen => (chosen as string[]).map(labelOf).join(', '),
      }}
      onChange={event =>
        setParams({
          cursor: undefined,
          [name]: event.target.value as unknown as string[],
        })
      }
    >
      {options.map(option => (
        <MenuItem key={option} value={option}>
          {labelOf(option)}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
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
      {several(
        'state',
        t('security.filterState'),
        STATES,
        query.state ?? [],
        option => t(`security.states.${option as (typeof STATES)[number]}`),
      )}
      {several(
        'severity',
        t('security.filterSeverity'),
        SEVERITIES,
        query.severity ?? [],
        option =>
          t(`security.severities.${option as (typeof SEVERITIES)[number]}`),
      )}
      {several(
        'tool',
        t('security.filterTool'),
        [...new Set([...tools, ...(query.tool ?? [])])],
        query.tool ?? [],
        option => option,
      )}
      <FilterField
        label={t('security.search')}
        width={320}
        value={params.get('search') ?? ''}
        onCommit={value => setParams({ cursor: undefined, search: value })}
      />
      <TextField
        select
        size="small"
        label={t('security.sort')}
        value={query.sort}
        sx={{ minWidth: 120 }}
        onChange={event =>
          setParams({ cursor: undefined, sort: event.target.value })
        }
      >
        {SORTS.map(sort => (
          <MenuItem key={sort} value={sort}>
            {t(`security.sorts.${sort}`)}
          </MenuItem>
        ))}
      </TextField>
      <FormControlLabel
        sx={{ ml: 0 }}
        control={
          <Switch
            size="small"
            checked={query.isNew === true}
            onChange={event =>
              setParams({
                cursor: undefined,
                new: event.target.checked ? 'only' : undefined,
              })
            }
          />
        }
        label={t('security.onlyNew')}
      />
    </Box>
  );
}
