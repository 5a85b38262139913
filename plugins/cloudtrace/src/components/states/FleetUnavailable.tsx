import { ButtonLink } from '@backstage/ui';
import type {
  FleetAvailability,
  FleetNotice,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { useViewLink } from '../../state/useViewLink';
import { FleetNotices } from './FleetNotices';
import { Notice } from './Notice';
import { Paragraph } from '../shared/text/Paragraph';

const WORDS = {
  'not-linked': ['fleet.notLinkedTitle', 'fleet.notLinkedDetail'],
  'no-provider': ['fleet.noProviderTitle', 'fleet.noProviderDetail'],
  empty: ['fleet.emptyTitle', 'fleet.emptyDetail'],
} as const;

/** Why there is no fleet to show, and what to do about it. */
export function FleetUnavailable(props: {
  availability: Exclude<FleetAvailability, 'data'>;
  notices: FleetNotice[];
}) {
  const t = useText();
  const linkTo = useViewLink();
  const [title, detail] = WORDS[props.availability];
  return (
    <Notice
      title={t(title)}
      actions={
        <ButtonLink variant="secondary" href={linkTo('diagnostics')}>
          {t('fleet.openDiagnostics')}
        </ButtonLink>
      }
    >
      <Paragraph>{t(detail)}</Paragraph>
      <FleetNotices notices={props.notices} />
    </Notice>
  );
}
