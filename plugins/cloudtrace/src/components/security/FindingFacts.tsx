import Link from '@mui/material/Link';
import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { Fragment, type ReactNode } from 'react';
import { formatDateTime, formatDecimal } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Facts } from '../shared/Facts';
import { idHref } from './findingFilters';
import { placeOf } from './FindingsPanel';

/** CVEs and CWEs with links to their descriptions. */
function IdLinks(props: { ids: readonly string[] }) {
  return (
    <>
      {props.ids.map((id, i) => {
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
      })}
    </>
  );
}

/** Where a finding is, what it is called elsewhere, and since when it is known. */
export function FindingFacts(props: { finding: FindingDetails }) {
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
    facts.push([t('security.details.ids'), <IdLinks key="ids" ids={ids} />]);
  }
  if (finding.fixedAt) {
    facts.push([t('security.details.fixedAt'), time(finding.fixedAt)]);
  }
  return <Facts items={facts} />;
}
