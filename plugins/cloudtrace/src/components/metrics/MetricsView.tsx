import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { DriverCard } from '../scaling/DriverCard';
import { FleetNotices } from '../states/FleetNotices';
import { FleetUnavailable } from '../states/FleetUnavailable';
import { QueryStates } from '../states/QueryStates';

/** What the providers measured of each resource, in sets by type of resource. */
export function MetricsView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const query = useLiveQuery({
    name: 'metrics',
    read: (range, signal) => api.getMetrics(entityRef, range, { signal }),
  });
  return (
    <QueryStates
      query={query}
      what={t('metrics.title')}
      permission="cloudtrace.fleet.read"
      empty={data =>
        data.availability === 'data' ? undefined : (
          <FleetUnavailable
            availability={data.availability}
            notices={data.notices}
          />
        )
      }
    >
      {data => (
        <>
          <FleetNotices notices={data.notices} />
          {data.sets.length === 0 && (
            <Typography color="text.secondary">{t('metrics.none')}</Typography>
          )}
          {data.sets.map(set => (
            <Box component="section" key={set.id}>
              <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
                {set.title}
              </Typography>
              <Box
                sx={{
                  display: 'grid',
                  gap: 2,
                  gridTemplateColumns: {
                    xs: 'minmax(0, 1fr)',
                    lg: 'repeat(2, minmax(0, 1fr))',
                  },
                }}
              >
                {set.series.map(metric => (
                  <DriverCard
                    key={`${metric.resourceId}/${metric.seriesId}`}
                    metric={metric}
                    subtitle={metric.resourceName}
                    domain={{
                      fromMs: Date.parse(data.from),
                      toMs: Date.parse(data.to),
                    }}
                  />
                ))}
              </Box>
            </Box>
          ))}
        </>
      )}
    </QueryStates>
  );
}
