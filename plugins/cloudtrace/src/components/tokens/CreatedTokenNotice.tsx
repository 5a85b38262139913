import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { CreatedToken } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { exporterVariables } from '../../lib/exporterVariables';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { CopyBlock } from '../shared/CopyBlock';
import { Stacked } from '../shared/layout/Stacked';
import { Banner } from '../shared/Banner';

/** The secret of a new token, ready to copy. */
export function CreatedTokenNotice(props: {
  created: CreatedToken;
  onDone: () => void;
}) {
  const { created, onDone } = props;
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const { environment, kind } = created.token;
  const diagnostics = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'diagnostics-setup'],
    queryFn: ({ signal }) =>
      api.getDiagnostics(entityRef, { environment }, { signal }),
    enabled: kind === 'requests',
    staleTime: Infinity,
  });
  return (
    <Stacked gap={1.5}>
      <Banner
        status="success"
        action={
          <Button variant="tertiary" onPress={onDone}>
            {t('tokens.done')}
          </Button>
        }
      >
        {t('tokens.createdTitle')}
      </Banner>
      <CopyBlock label={t('tokens.secret')} text={created.secret} />
      {diagnostics.data && (
        <CopyBlock
          label={t('states.snippetTitle')}
          text={exporterVariables({
            ...diagnostics.data.setup,
            environment,
            token: created.secret,
          })}
        />
      )}
    </Stacked>
  );
}
