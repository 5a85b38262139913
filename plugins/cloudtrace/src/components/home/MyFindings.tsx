import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import {
  tabLink,
  type FindingRollupGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatExact } from '../../lib/format';
import { liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { ServiceLink } from '../fleet/ServiceLink';
import { SEVERITIES, severityColor } from '../security/severityColors';
import { Row } from '../shared/layout/Row';
import { CardProviders } from '../summary/QueryCard';
import { mergeFindings } from './mergeByOwner';
import { useOwnerRefs } from './useOwnerRefs';
import { WidgetContent } from './WidgetContent';

const REFRESH_MS = 60_000;
const MAX_SERVICES = 5;

/** A service with the numbers of its open findings, without severities that have none. */
function FindingRow(props: { group: FindingRollupGroup }) {
  const { key, title, open } = props.group;
  const t = useText();
  const { mode } = useTheme().palette;
  const entityLink = useRouteRef(entityRouteRef);
  const base = entityLink?.(parseEntityRef(key));
  return (
    <Row wrap>
      {base ? (
        <ServiceLink to={tabLink(base, { view: 'security-scans' })}>
          {title}
        </ServiceLink>
      ) : (
        title
      )}
      <Typography variant="body2" component="span">
        {SEVERITIES.filter(severity => open[severity] > 0).map(severity => (
          <Box
            key={severity}
            component="span"
            sx={{ color: severityColor(severity, mode), marginRight: 1 }}
          >
            {`${formatExact(open[severity])} ${t(
              `security.severities.${severity}`,
            )}`}
          </Box>
        ))}
      </Typography>
    </Row>
  );
}

function Findings() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const owners = useOwnerRefs();
  const query = useQuery({
    queryKey: ['cloudtrace', 'my-findings', owners],
    enabled: owners !== undefined,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        owners!.map(owner =>
          api.getFindingRollup(
            { owner, groupBy: 'entity', limit: MAX_SERVICES },
            { signal },
          ),
        ),
      );
      return mergeFindings(pages.map(({ items }) => items)).slice(
        0,
        MAX_SERVICES,
      );
    },
    meta: liveMeta({
      kinds: ['scans'],
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  return (
    <WidgetContent
      title={t('home.myFindings')}
      query={query}
      what={t('security.loading')}
      none={t('home.noFindings')}
      render={group => <FindingRow key={group.key} group={group} />}
    />
  );
}

/** The services of the viewer and the viewer's groups with the worst open findings. */
export function MyFindings() {
  return (
    <CardProviders>
      <Findings />
    </CardProviders>
  );
}
