import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FilterField } from '../requests/FilterField';
import { ChoiceField } from '../shared/filters/ChoiceField';
import { FilterRow } from '../shared/filters/FilterRow';
import { OwnerAndSystem } from './OwnerAndSystem';
import { GROUPINGS, isCve, readRollupQuery } from './rollupQuery';
import { Banner } from '../shared/Banner';

const CHOICES_STALE_MS = 60_000;

/** Grouping, CVE, owner and system, stored in the URL. */
export function RollupFilters() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const [params, setParams] = useViewParams();
  const choices = useQuery({
    queryKey: ['cloudtrace', 'rollup-choices'],
    queryFn: ({ signal }) => api.listFleet({ limit: 1 }, { signal }),
    staleTime: CHOICES_STALE_MS,
  });
  return (
    <>
      <FilterRow>
        <FilterField
          label={t('rollup.cve')}
          width={220}
          value={params.get('cve') ?? ''}
          validate={value => (isCve(value) ? undefined : t('rollup.cveWrong'))}
          onCommit={value => setParams({ cursor: undefined, cve: value })}
        />
        <ChoiceField
          label={t('rollup.groupBy')}
          value={readRollupQuery(params).groupBy}
          options={GROUPINGS}
          labelOf={grouping => t(`rollup.groups.${grouping}`)}
          minWidth={120}
          onChange={by =>
            setParams({
              cursor: undefined,
              by: by === GROUPINGS[0] ? undefined : by,
            })
          }
        />
        <OwnerAndSystem
          owners={choices.data?.owners ?? []}
          systems={choices.data?.systems ?? []}
        />
        {['cve', 'owner', 'system'].some(name => params.has(name)) && (
          <Button
            variant="tertiary"
            onPress={() =>
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
      </FilterRow>
      {choices.error && (
        <Banner status="warning">
          {t('rollup.choicesMissing', { reason: choices.error.message })}
        </Banner>
      )}
    </>
  );
}
