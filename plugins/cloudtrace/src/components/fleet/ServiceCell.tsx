import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import {
  tabLink,
  type FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import { shortRef } from '../../lib/shortRef';
import { useJudgementText } from '../../state/useJudgementText';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';
import { ServiceLink } from './ServiceLink';
import { Row } from '../shared/layout/Row';

/** A service with its status and, in words, the reasons for it. */
export function ServiceCell(props: { service: FleetService }) {
  const { service } = props;
  const word = useJudgementText();
  const entityLink = useRouteRef(entityRouteRef);
  const base = entityLink?.(parseEntityRef(service.entityRef));
  const href = base && tabLink(base, { environment: service.environment });
  const name = service.title ?? service.name;
  return (
    <Box>
      <Row wrap>
        <ServiceStatusChip severity={service.severity} />
        {href ? <ServiceLink to={href}>{name}</ServiceLink> : name}
        <Typography variant="caption" color="text.secondary">
          {[
            service.environment,
            service.owner && shortRef(service.owner),
            service.system && shortRef(service.system),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Row>
      {service.reasons.length > 0 && (
        <Typography variant="caption" component="div">
          {service.reasons.map(reason => `${word(reason)}.`).join(' ')}
        </Typography>
      )}
    </Box>
  );
}
