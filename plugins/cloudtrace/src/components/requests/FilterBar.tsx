import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from './FilterField';
import {
  countFilters,
  FACETS,
  FIRST_PAGE,
  isTraceId,
  NO_FILTERS,
  type RequestFilters,
} from './requestFilters';
import { Row } from '../shared/layout/Row';

/** Text filters, and a chip for every active filter. */
export function FilterBar(props: { filters: RequestFilters }) {
  const { filters } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const number = (value: string) =>
    Number(value) >= 0 ? undefined : t('requests.minDuration');
  return (
    <Row
      role="search"
      aria-label={t('requests.filters')}
      align="flex-start"
      wrap
    >
      <FilterField
        label={t('requests.minDuration')}
        value={params.get('min') ?? ''}
        validate={number}
        numeric
        onCommit={value => setParams({ ...FIRST_PAGE, min: value })}
      />
      <FilterField
        label={t('requests.maxDuration')}
        value={params.get('max') ?? ''}
        validate={number}
        numeric
        onCommit={value => setParams({ ...FIRST_PAGE, max: value })}
      />
      <FilterField
        label={t('requests.traceId')}
        width={300}
        value={params.get('trace') ?? ''}
        validate={value =>
          isTraceId(value) ? undefined : t('requests.traceIdInvalid')
        }
        onCommit={value => setParams({ ...FIRST_PAGE, trace: value })}
      />
      <FormControlLabel
        sx={{ ml: 0 }}
        control={
          <Switch
            size="small"
            checked={filters.errorsOnly}
            onChange={event =>
              setParams({
                ...FIRST_PAGE,
                errors: event.target.checked ? 'only' : undefined,
              })
            }
          />
        }
        label={t('requests.errorsOnly')}
      />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.5,
          alignItems: 'center',
          minHeight: 38,
        }}
      >
        {FACETS.flatMap(name =>
          filters.facets[name].map(value => (
            <Chip
              key={`${name}/${value}`}
              size="small"
              label={`${t(`requests.${name}`)}: ${value}`}
              sx={{ maxWidth: 260 }}
              onDelete={() =>
                setParams({
                  ...FIRST_PAGE,
                  [name]: filters.facets[name].filter(item => item !== value),
                })
              }
            />
          )),
        )}
        {countFilters(filters) > 0 && (
          <Button size="small" onClick={() => setParams(NO_FILTERS)}>
            {t('requests.clear')}
          </Button>
        )}
      </Box>
    </Row>
  );
}
