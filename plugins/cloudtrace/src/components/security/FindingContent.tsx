import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { useText } from '../../state/useText';
import { FindingFacts } from './FindingFacts';
import { FindingHistory } from './FindingHistory';
import { FindingSources } from './FindingSources';
import { OccurrenceList } from './OccurrenceList';
import { SeverityLabel } from './SeverityLabel';
import { TriageForm } from './TriageForm';
import { Heading } from '../shared/text/Heading';
import { Row } from '../shared/layout/Row';

const Prose = styled(Typography)({
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
});

function Part(props: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={props.title}>
      <Heading component="h3" mb={0.5}>
        {props.title}
      </Heading>
      {props.children}
    </Box>
  );
}

/** Text from a scanner: shown as plain text, never as markup. */
function PlainText(props: { children: string }) {
  return <Prose variant="body2">{props.children}</Prose>;
}

/** Occurrences, fix, sources and history of a finding. */
export function FindingContent(props: { finding: FindingDetails }) {
  const { finding } = props;
  const t = useText();
  const component = finding.package;
  return (
    <>
      <Box>
        <Heading size="record">{finding.title}</Heading>
        <Row mt={0.5}>
          <SeverityLabel severity={finding.severity} />
          <Typography variant="body2">
            {t(`security.states.${finding.state}`)}
          </Typography>
        </Row>
      </Box>
      <FindingFacts finding={finding} />
      {(finding.remediation || component?.fixedVersion) && (
        <Part title={t('security.details.fix')}>
          {component?.fixedVersion && (
            <Typography variant="body2">
              {t('security.details.fixVersion', {
                package: component.name,
                version: component.fixedVersion,
              })}
            </Typography>
          )}
          {finding.remediation && <PlainText>{finding.remediation}</PlainText>}
        </Part>
      )}
      {finding.description && (
        <Part title={t('security.details.description')}>
          <PlainText>{finding.description}</PlainText>
        </Part>
      )}
      {finding.occurrences.length > 0 && (
        <Part title={t('security.details.occurrences')}>
          <OccurrenceList finding={finding} />
        </Part>
      )}
      <TriageForm finding={finding} />
      <Part title={t('security.details.sources')}>
        <FindingSources sources={finding.sources} />
      </Part>
      <Part title={t('security.details.history')}>
        <FindingHistory finding={finding} />
      </Part>
    </>
  );
}
