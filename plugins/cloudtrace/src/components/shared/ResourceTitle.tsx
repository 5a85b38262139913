import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { ResourceSummary } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { safeHref } from '../../lib/safeHref';
import { useResourceType } from '../../state/useProviderWords';
import { useText } from '../../state/useText';
import { PartAges } from './PartAges';
import { Row } from './layout/Row';
import { Heading } from './text/Heading';
import { Spacer } from './layout/Spacer';

const ConsoleLink = styled(Link)(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: theme.spacing(0.5),
}));

const FullRow = styled('div')({ flexBasis: '100%' });

/** The name of a resource, its state and age, and a link to its console. */
export function ResourceTitle(props: {
  resource: ResourceSummary;
  children?: ReactNode;
}) {
  const { resource, children } = props;
  const t = useText();
  const typeOf = useResourceType();
  const href = safeHref(resource.consoleUrl);
  return (
    <Row wrap>
      <Heading component="h2" size="resource">
        {resource.name}
      </Heading>
      <Typography variant="body2" color="text.secondary">
        {[typeOf(resource.type), resource.account, resource.region]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {children}
      <Spacer />
      {href && (
        <ConsoleLink
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          variant="body2"
        >
          {t('fleet.console')}
          <OpenInNewIcon fontSize="inherit" />
        </ConsoleLink>
      )}
      <FullRow>
        <PartAges parts={resource.parts ?? []} />
      </FullRow>
    </Row>
  );
}
