import Box from '@mui/material/Box';
import {
  isInformation,
  type FleetNotice,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { Banner } from '../shared/Banner';

/**
 * What a source could not read, and what to do about it. What it does not have
 * is no warning: Diagnostics shows it.
 */
export function FleetNotices(props: { notices: FleetNotice[] }) {
  const t = useText();
  const said = useSaid();
  const warnings = props.notices.filter(notice => !isInformation(notice));
  return (
    <>
      {warnings.map((notice, i) => (
        <Banner key={`${notice.code}/${i}`} status="warning">
          {said(notice, 'message')}
          {notice.missingPermission && (
            <Box>
              {t('fleet.missingPermission', { name: notice.missingPermission })}
            </Box>
          )}
          {notice.nextStep && (
            <Box>{t('fleet.nextStep', { text: said(notice, 'nextStep') })}</Box>
          )}
        </Banner>
      ))}
    </>
  );
}
