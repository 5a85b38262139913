import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import {
  tabLink,
  type FindingRollupGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useTheme } from '@mui/material/styles';
import { useSearchParams } from '../../routing';
import { formatDateTime, formatExact, NO_VALUE } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { withParams } from '../../state/useViewParams';
import { SEVERITIES, severityColor } from '../security/severityColors';
import { DataTable, type DataColumn } from '../shared/DataTable';
import { Surface } from '../shared/layout/Surface';
import { readRollupQuery } from './rollupQuery';
import { ServiceLink } from './ServiceLink';

/**
 * Groups with their open findings. An entity links to its findings, an owner or
 * system to its entities.
 */
export function RollupTable(props: { groups: FindingRollupGroup[] }) {
  const t = useText();
  const timeZone = useTimeZone();
  const { mode } = useTheme().palette;
  const entityLink = useRouteRef(entityRouteRef);
  const [params] = useSearchParams();
  const { groupBy, cve } = readRollupQuery(params);

  const nameOf = (group: FindingRollupGroup) => {
    if (groupBy === 'entity') {
      const base = entityLink?.(parseEntityRef(group.key));
      return base ? (
        <ServiceLink
          to={tabLink(base, { view: 'security-scans', search: cve })}
        >
          {group.title}
        </ServiceLink>
      ) : (
        group.title
      );
    }
    if (!group.key) return t(`rollup.without.${groupBy}`);
    const next = withParams(params, {
      by: undefined,
      cursor: undefined,
      [groupBy]: group.key,
    });
    return <ServiceLink to={`?${next}`}>{group.title}</ServiceLink>;
  };
  const columns: DataColumn<FindingRollupGroup>[] = [
    {
      id: 'name',
      title: t(`rollup.groups.${groupBy}`),
      wrap: true,
      render: nameOf,
    },
    ...SEVERITIES.map<DataColumn<FindingRollupGroup>>(severity => ({
      id: severity,
      title: t(`security.severities.${severity}`),
      align: 'right',
      render: ({ open }) => (
        <Box
          component="span"
          sx={
            open[severity] > 0
              ? { color: severityColor(severity, mode), fontWeight: 600 }
              : { color: 'text.secondary' }
          }
        >
          {formatExact(open[severity])}
        </Box>
      ),
    })),
    ...(groupBy === 'entity'
      ? []
      : [
          {
            id: 'entities',
            title: t('rollup.entities'),
            align: 'right' as const,
            render: ({ entities }: FindingRollupGroup) => formatExact(entities),
          },
        ]),
    {
      id: 'lastScan',
      title: t('rollup.lastScan'),
      align: 'right',
      render: ({ lastScanAt }) =>
        lastScanAt
          ? formatDateTime(Date.parse(lastScanAt), timeZone)
          : NO_VALUE,
    },
  ];
  return (
    <Surface padding={0}>
      <DataTable
        label={t('rollup.heading')}
        rows={props.groups}
        rowKey={({ key }) => key}
        columns={columns}
      />
    </Surface>
  );
}
