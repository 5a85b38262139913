import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { FindingSummary } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime, formatExact } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { SEVERITIES } from '../security/severityColors';
import { MiniFigure } from './MiniFigure';
import { CardProviders, QueryCard } from './QueryCard';
import { Stacked } from '../shared/layout/Stacked';
import { Tiles } from '../shared/layout/Tiles';

const REFRESH_MS = 60_000;

function Counts(props: { data: FindingSummary }) {
  const { asOf, open, newSinceLastScan, fixedSinceLastScan } = props.data;
  const { qualityGates, incompleteScans } = props.data;
  const t = useText();
  const timeZone = useTimeZone();
  if (!asOf && incompleteScans.length === 0) {
    return <Typography>{t('summary.noScans')}</Typography>;
  }
  const failed = qualityGates.filter(gate => gate.status === 'failed');
  return (
    <Stacked gap={1.5}>
      <Tiles minWidthPx={60} gap={1.5}>
        {SEVERITIES.slice(0, 4).map(severity => (
          <MiniFigure
            key={severity}
            label={t(`security.severities.${severity}`)}
            value={formatExact(open?.[severity])}
          />
        ))}
      </Tiles>
      <Typography variant="body2" color="text.secondary">
        {[
          t('security.sinceLastValue', {
            added: formatExact(newSinceLastScan),
            fixed: formatExact(fixedSinceLastScan),
          }),
          asOf &&
            t('security.lastScan', {
              time: formatDateTime(Date.parse(asOf), timeZone),
            }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {incompleteScans.length > 0 && (
        <Typography variant="body2" color="warning.main">
          {t('summary.incompleteScans', {
            names: incompleteScans.map(scan => scan.tool).join(', '),
          })}
        </Typography>
      )}
      {failed.length > 0 && (
        <Typography variant="body2" color="error">
          {t('summary.gatesFailed', {
            names: failed.map(gate => gate.projectKey ?? gate.tool).join(', '),
          })}
        </Typography>
      )}
    </Stacked>
  );
}

function Security() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const query = useQuery({
    queryKey: ['cloudtrace-security', entityRef],
    queryFn: ({ signal }) => api.getFindingSummary(entityRef, {}, { signal }),
    meta: liveMeta({
      kinds: ['scans'],
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  return (
    <QueryCard
      title={t('summary.security')}
      what={t('security.loading')}
      query={query}
      view="security-scans"
      linkText={t('summary.openFindings')}
    >
      {data => <Counts data={data} />}
    </QueryCard>
  );
}

/** The open findings of a service on its overview page. */
export function SecurityCard() {
  return (
    <CardProviders>
      <Security />
    </CardProviders>
  );
}
