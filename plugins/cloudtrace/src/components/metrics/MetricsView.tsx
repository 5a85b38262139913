import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useText } from '../../state/useText';
import { DriverCard } from '../scaling/DriverCard';
import { FleetData } from '../states/FleetData';

/** The view "Metrics": what the providers measured, grouped by resource type. */
export function MetricsView() {
  const t = useText();
  return (
    <FleetData
      name="metrics"
      what={t('metrics.title')}
      read={(api, ...query) => api.getMetrics(...query)}
    >
      {(data, domain) => (
        <>
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
                    domain={domain}
                  />
                ))}
              </Box>
            </Box>
          ))}
        </>
      )}
    </FleetData>
  );
}
