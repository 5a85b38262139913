import type { FleetMoment } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDuration, NO_VALUE } from '../../lib/format';
import { useSaid } from '../../state/useJudgementText';
import { AlarmText } from '../shared/text/AlarmText';

/** How long ago something happened to a service; red if it failed. */
export function MomentCell(props: { moment?: FleetMoment }) {
  const { moment } = props;
  const said = useSaid();
  if (!moment) {
    return <>{NO_VALUE}</>;
  }
  return (
    <AlarmText as="div" title={said(moment, 'text')} failed={moment.failed}>
      {formatDuration(Date.now() - Date.parse(moment.at))}
    </AlarmText>
  );
}
