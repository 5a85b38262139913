import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type {
  FleetNotice,
  ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { ResourceTitle } from '../shared/ResourceTitle';
import { CapacityCard } from './CapacityCard';
import { DriverCard } from './DriverCard';
import { PolicyPanels } from './PolicyPanels';

/** A group: capacity over time, what drives it, and its rules. */
export function ScalingGroupSection(props: {
  group: ScalingGroup;
  notices: FleetNotice[];
  domain: { fromMs: number; toMs: number };
}) {
  const { group, domain } = props;
  const { capacity, limit, suspendedProcesses } = group;
  const t = useText();
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <ResourceTitle resource={group.resource}>
        <Chip
          size="small"
          color={limit === 'at-max' ? 'warning' : 'default'}
          label={t(`scaling.limits.${limit}`)}
          sx={{ m: 0 }}
        />
      </ResourceTitle>
      <Typography variant="body2">
        {t('scaling.now', {
          inService: String(capacity.inService),
          desired: String(capacity.desired),
          min: String(capacity.min),
          max: String(capacity.max),
        })}
      </Typography>
      {suspendedProcesses.length > 0 && (
        <Alert severity="warning">
          {t('scaling.suspended')}
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {suspendedProcesses.map(process => (
              <li key={process.name}>
                <strong>{process.name}</strong>: {process.explanation}
              </li>
            ))}
          </Box>
        </Alert>
      )}
      <CapacityCard group={group} domain={domain} />
      {group.drivers.map(metric => (
        <DriverCard key={metric.seriesId} metric={metric} domain={domain} />
      ))}
      <PolicyPanels group={group} notices={props.notices} />
    </Box>
  );
}
