import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { BulletList } from '../shared/layout/BulletList';
import { LongText } from '../shared/text/LongText';

/** What happened to a finding, and who decided about it. */
export function FindingHistory(props: { finding: FindingDetails }) {
  const t = useText();
  const { tab } = useCloudtrace();
  const time = (value: string) =>
    formatDateTime(Date.parse(value), tab.timeZone);
  return (
    <BulletList as="ol">
      {props.finding.history.map((event, i) => (
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
  );
}
