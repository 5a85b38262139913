import Link from '@mui/material/Link';
import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { Fragment } from 'react';
import { safeHref } from '../../lib/safeHref';
import { useText } from '../../state/useText';
import { BulletList } from '../shared/layout/BulletList';
import { LongText } from '../shared/text/LongText';

/** The scanners that report a finding, with their own severity and links. */
export function FindingSources(props: { sources: FindingDetails['sources'] }) {
  const t = useText();
  return (
    <BulletList>
      {props.sources.map(source => (
        <LongText
          component="li"
          key={`${source.tool}/${source.category}/${source.ref}`}
        >
          {t('security.details.sourceLine', {
            tool: [source.tool, source.toolVersion].filter(Boolean).join(' '),
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
                  <Link href={href} target="_blank" rel="noopener noreferrer">
                    {link.title ?? new URL(href).hostname}
                  </Link>
                </Fragment>
              )
            );
          })}
        </LongText>
      ))}
    </BulletList>
  );
}
