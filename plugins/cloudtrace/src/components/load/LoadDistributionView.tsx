import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type {
  LoadDistribution,
  LoadGroupBy,
} from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { EmptyRange } from '../states/EmptyRange';
import { GettingStarted } from '../states/GettingStarted';
import { QueryStates } from '../states/QueryStates';
import { LoadContent } from './LoadContent';

const GROUP_PARAM = 'group';
const GROUPS: LoadGroupBy[] = ['instance', 'zone', 'route'];

function emptyState(data: LoadDistribution) {
  if (data.totals.requests > 0) {
    return undefined;
  }
  return data.asOf ? (
    <EmptyRange lastReceivedAt={data.asOf} />
  ) : (
    <GettingStarted />
  );
}

/** The view "Load distribution": who carries the load, is it fair, and who is slow? */
export function LoadDistributionView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const [params, setParams] = useViewParams();
  const groupBy =
    GROUPS.find(item => item === params.get(GROUP_PARAM)) ?? 'instance';
  const query = useLiveQuery({
    name: 'load-distribution',
    kinds: ['requests', 'fleet'],
    parameters: groupBy,
    read: (range, signal) =>
      api.getLoadDistribution(entityRef, { ...range, groupBy }, { signal }),
  });
  return (
    <QueryStates
      query={query}
      what={t('load.title')}
      permission="cloudtrace.requests.read"
      empty={emptyState}
    >
      {data => (
        <>
          <Box>
            <ToggleButtonGroup
              exclusive
              size="small"
              value={groupBy}
              aria-label={t('load.groupBy')}
              onChange={(_, value) =>
                value && setParams({ [GROUP_PARAM]: value })
              }
            >
              {GROUPS.map(item => (
                <ToggleButton
                  key={item}
                  value={item}
                  sx={{ textTransform: 'none', px: 1.5, py: 0.25 }}
                >
                  {t(`load.by.${item}`)}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          </Box>
          <LoadContent data={data} />
        </>
      )}
    </QueryStates>
  );
}
