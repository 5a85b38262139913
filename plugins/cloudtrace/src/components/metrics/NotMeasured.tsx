import Typography from '@mui/material/Typography';
import {
  isInformation,
  type FleetNotice,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';

/** Why a chart is missing, where it would be: nothing measures it. */
export function NotMeasured(props: { notices: readonly FleetNotice[] }) {
  const t = useText();
  const said = useSaid();
  return (
    <>
      {props.notices.filter(isInformation).map((notice, i) => (
        <Typography
          key={`${notice.code}/${i}`}
          variant="body2"
          color="text.secondary"
        >
          {said(notice, 'message')}.{' '}
          {notice.nextStep &&
            t('fleet.nextStep', { text: said(notice, 'nextStep') })}
        </Typography>
      ))}
    </>
  );
}
