import { Button, ButtonLink } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { exporterVariables } from '../../lib/exporterVariables';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewLink } from '../../state/useViewLink';
import { useViewParams } from '../../state/useViewParams';
import { CopyBlock } from '../shared/CopyBlock';
import { TOKENS_PARAM } from '../../state/tokensParam';
import { Notice } from './Notice';
import { Paragraph } from '../shared/text/Paragraph';

/** No data has ever arrived: explains the view and shows a snippet to copy. */
export function GettingStarted() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, environment } = useCloudtrace();
  const linkTo = useViewLink();
  const [, setParams] = useViewParams();
  const diagnostics = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'diagnostics-setup'],
    queryFn: ({ signal }) =>
      api.getDiagnostics(entityRef, { environment }, { signal }),
    staleTime: Infinity,
  });
  return (
    <Notice
      title={t('states.emptyTitle')}
      actions={
        <>
          <Button
            variant="primary"
            onPress={() => setParams({ [TOKENS_PARAM]: 'create' })}
          >
            {t('states.createToken')}
          </Button>
          <ButtonLink variant="tertiary" href={linkTo('diagnostics')}>
            {t('states.openDiagnostics')}
          </ButtonLink>
        </>
      }
    >
      <Paragraph>{t('states.emptyDetail')}</Paragraph>
      {diagnostics.data && (
        <>
          <CopyBlock
            label={t('states.snippetTitle')}
            text={exporterVariables({
              ...diagnostics.data.setup,
              environment,
            })}
          />
          <Typography variant="body2" color="text.secondary">
            {t('states.snippetToken')}
          </Typography>
        </>
      )}
    </Notice>
  );
}
