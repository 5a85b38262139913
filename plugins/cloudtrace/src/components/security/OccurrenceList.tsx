import Typography from '@mui/material/Typography';
import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { BulletList } from '../shared/layout/BulletList';
import { LongText } from '../shared/text/LongText';

type Occurrence = FindingDetails['occurrences'][number];

/** `src/a.js:3 · minimist 1.2.0 · Trivy` */
function placeOf({ location, target, package: pkg, tools }: Occurrence) {
  const line =
    location?.startLine === undefined ? '' : `:${location.startLine}`;
  return [
    location && `${location.path}${line}`,
    target,
    pkg && [pkg.name, pkg.version].filter(Boolean).join(' '),
    tools.join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Every occurrence of a finding: it is fixed when the last one is gone. */
export function OccurrenceList(props: { finding: FindingDetails }) {
  const { occurrences, occurrenceCount } = props.finding;
  const t = useText();
  return (
    <>
      <BulletList>
        {occurrences.map((occurrence, i) => (
          <LongText component="li" key={i}>
            {placeOf(occurrence)}
          </LongText>
        ))}
      </BulletList>
      {occurrenceCount > occurrences.length && (
        <Typography variant="body2">
          {t('security.details.occurrencesMore', {
            shown: String(occurrences.length),
            total: String(occurrenceCount),
          })}
        </Typography>
      )}
    </>
  );
}
