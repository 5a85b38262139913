import {
  TAB_PARAMS,
  type ListFindingsQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';
import { ChoiceField } from '../shared/filters/ChoiceField';
import { ChoicesField } from '../shared/filters/ChoicesField';
import { FilterRow } from '../shared/filters/FilterRow';
import { SORTS, STATES } from './findingFilters';
import { SEVERITIES } from './severityColors';
import { SwitchField } from '../shared/filters/SwitchField';

/** State, severity, tool, search and order of the findings. */
export function FindingFilterBar(props: {
  query: ListFindingsQuery;
  tools: string[];
}) {
  const { query, tools } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  return (
    <FilterRow>
      <ChoicesField
        label={t('security.filterState')}
        options={STATES}
        value={query.state ?? []}
        labelOf={state => t(`security.states.${state}`)}
        onChange={state => setParams({ cursor: undefined, state })}
      />
      <ChoicesField
        label={t('security.filterSeverity')}
        options={SEVERITIES}
        value={query.severity ?? []}
        labelOf={severity => t(`security.severities.${severity}`)}
        onChange={severity => setParams({ cursor: undefined, severity })}
      />
      <ChoicesField
        label={t('security.filterTool')}
        options={tools}
        value={query.tool ?? []}
        labelOf={tool => tool}
        onChange={tool => setParams({ cursor: undefined, tool })}
      />
      <FilterField
        label={t('security.search')}
        width={320}
        value={params.get(TAB_PARAMS.search) ?? ''}
        onCommit={search =>
          setParams({ cursor: undefined, [TAB_PARAMS.search]: search })
        }
      />
      <ChoiceField
        label={t('security.sort')}
        value={query.sort}
        options={SORTS}
        labelOf={sort => t(`security.sorts.${sort}`)}
        minWidth={120}
        onChange={sort => setParams({ cursor: undefined, sort })}
      />
      <SwitchField
        label={t('security.onlyNew')}
        checked={query.isNew === true}
        onChange={checked =>
          setParams({ cursor: undefined, new: checked ? 'only' : undefined })
        }
      />
    </FilterRow>
  );
}
