import { Button } from '@backstage/ui';
import Chip from '@mui/material/Chip';
import { styled } from '@mui/material/styles';
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
import { SwitchField } from '../shared/filters/SwitchField';

const ActiveFilters = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5),
  alignItems: 'center',
  minHeight: 38,
}));

const FilterChip = styled(Chip)({ maxWidth: 260 });

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
      <SwitchField
        label={t('requests.errorsOnly')}
        checked={filters.errorsOnly}
        onChange={checked =>
          setParams({ ...FIRST_PAGE, errors: checked ? 'only' : undefined })
        }
      />
      <ActiveFilters>
        {FACETS.flatMap(name =>
          filters.facets[name].map(value => (
            <FilterChip
              key={`${name}/${value}`}
              size="small"
              label={`${t(`requests.${name}`)}: ${value}`}
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
          <Button variant="tertiary" onPress={() => setParams(NO_FILTERS)}>
            {t('requests.clear')}
          </Button>
        )}
      </ActiveFilters>
    </Row>
  );
}
