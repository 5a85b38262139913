import Typography from '@mui/material/Typography';
import type { FleetNotice } from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';

/** The problem of the group that names the part, which explains why it could not be read. */
export function problemOf(
  notices: readonly FleetNotice[],
  resourceId: string,
  part: RegExp,
): FleetNotice | undefined {
  const own = notices.filter(notice => notice.resourceId === resourceId);
  return own.find(
    ({ missingPermission, message }) =>
      part.test(missingPermission ?? '') || part.test(message),
  );
}

/** States that something is unknown, and why. */
export function NotKnown(props: { problem: FleetNotice | undefined }) {
  const { problem } = props;
  const t = useText();
  const said = useSaid();
  return (
    <Typography variant="body2" color="text.secondary">
      {problem
        ? t('scaling.notKnownBecause', {
            problem: problem.missingPermission
              ? t('fleet.missingPermission', {
                  name: problem.missingPermission,
                })
              : said(problem, 'message').replace(/\.$/, ''),
          })
        : t('scaling.notKnown')}
    </Typography>
  );
}
