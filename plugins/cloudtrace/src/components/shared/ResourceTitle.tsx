import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ResourceSummary } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { formatDateTime } from '../../lib/format';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';

/** Name of a resource, how it is doing, and the way to its console. */
export function ResourceTitle(props: {
  resource: ResourceSummary;
  children?: ReactNode;
}) {
  const { resource, children } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const href = safeHref(resource.consoleUrl);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
    >
      <Typography
        component="h2"
        sx={{ m: 0, fontSize: 16, fontWeight: 600, overflowWrap: 'anywhere' }}
      >
        {resource.name}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {[resource.type, resource.region].filter(Boolean).join(' · ')}
      </Typography>
      {children}
      {resource.stale && resource.asOf && (
        <Chip
          size="small"
          color="warning"
          label={t('fleet.stale', {
            time: formatDateTime(Date.parse(resource.asOf), tab.timeZone),
          })}
          sx={{ m: 0 }}
        />
      )}
      <Box sx={{ flexGrow: 1 }} />
      {href && (
        <Link
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          variant="body2"
          sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
        >
          {t('fleet.console')}
          <OpenInNewIcon fontSize="inherit" />
        </Link>
      )}
    </Box>
  );
}
