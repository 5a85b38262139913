import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { Fragment, type ReactNode } from 'react';
import { formatDateTime, formatDecimal } from '../../lib/format';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Facts } from '../shared/Facts';
import { idHref } from './findingFilters';
import { placeOf } from './FindingsPanel';
import { OccurrenceList } from './OccurrenceList';
import { SeverityLabel } from './SeverityLabel';
import { TriageForm } from './TriageForm';
import { Heading } from '../shared/text/Heading';
import { Row } from '../shared/layout/Row';
import { BulletList } from '../shared/layout/BulletList';
import { LongText } from '../shared/text/LongText';

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
  const { tab } = useCloudtrace();
  const time = (value: string) =>
    formatDateTime(Date.parse(value), tab.timeZone);
  const component = finding.package;
  const ids = [...finding.cves, ...finding.cwes];
  const facts: Array<[string, ReactNode]> = [
    [t('security.details.place'), placeOf(finding)],
    [t('security.details.rule'), finding.ruleId],
    [t('security.details.firstSeen'), time(finding.firstSeenAt)],
    [t('security.details.lastSeen'), time(finding.lastSeenAt)],
  ];
  if (component) {
    facts.splice(1, 0, [
      t('security.details.package'),
      [component.ecosystem, component.name, component.version]
        .filter(Boolean)
        .join(' '),
    ]);
  }
  if (finding.cvssScore !== undefined) {
    facts.push([
      t('security.details.cvss'),
      formatDecimal(finding.cvssScore, 1),
    ]);
  }
  if (ids.length > 0) {
    facts.push([
      t('security.details.ids'),
      ids.map((id, i) => {
        const href = idHref(id);
        return (
          <Fragment key={id}>
            {i > 0 && ', '}
            {href ? (
              <Link href={href} target="_blank" rel="noopener noreferrer">
                {id}
              </Link>
            ) : (
              id
            )}
          </Fragment>
        );
      }),
    ]);
  }
  if (finding.fixedAt) {
    facts.push([t('security.details.fixedAt'), time(finding.fixedAt)]);
  }
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
      <Facts items={facts} />
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
        <BulletList>
          {finding.sources.map(source => (
            <LongText
              component="li"
              key={`${source.tool}/${source.category}/${source.ref}`}
            >
              {t('security.details.sourceLine', {
                tool: [source.tool, source.toolVersion]
                  .filter(Boolean)
                  .join(' '),
                severity:
                  source.sourceSeverity ??
                  t(`security.severities.${source.severity}`),
                ref: source.ref,
              })}
              {!source.present && ` – ${t('security.details.sourceGone')}`}
              {source.links.map(link => {
                const href = safeHref(link.url);
                return (
                  href && (
                    <Fragment key={link.url}>
                      {' · '}
                      <Link
                        href={href}
                        target="_blank"
                        rel="noopener noreferrer"
                      >
                        {link.title ?? new URL(href).hostname}
                      </Link>
                    </Fragment>
                  )
                );
              })}
            </LongText>
          ))}
        </BulletList>
      </Part>
      <Part title={t('security.details.history')}>
        <BulletList as="ol">
          {finding.history.map((event, i) => (
            <LongText component="li" key={`${event.at}/${i}`}>
              {[
                time(event.at),
                t(`security.details.events.${event.kind}`),
                event.by,
                event.tool,
                event.commit?.slice(0, 8),
                event.reason,
              ]
                .filter(Boolean)
                .join(' · ')}
            </LongText>
          ))}
        </BulletList>
      </Part>
    </>
  );
}
