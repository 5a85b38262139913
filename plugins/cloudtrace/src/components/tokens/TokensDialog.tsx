import { Button } from '@backstage/ui';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { QueryStates } from '../states/QueryStates';
import { CreatedTokenNotice } from './CreatedTokenNotice';
import { CreateTokenForm } from './CreateTokenForm';
import { TOKENS_PARAM } from '../../state/tokensParam';
import { TokenTable } from './TokenTable';
import { useTokens } from './useTokens';
import { Banner } from '../shared/Banner';

const Content = styled(DialogContent)(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  alignContent: 'start',
}));

/** Creates, lists and revokes ingest tokens; the URL stores whether it is open. */
export function TokensDialog() {
  const t = useText();
  const [params, setParams] = useViewParams();
  const open = params.has(TOKENS_PARAM);
  const { query, create, revoke } = useTokens(open);
  const failure = create.error ?? revoke.error;
  const close = () => {
    create.reset();
    revoke.reset();
    setParams({ [TOKENS_PARAM]: undefined });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      maxWidth="md"
      fullWidth
      aria-labelledby="cloudtrace-tokens-title"
    >
      <DialogTitle id="cloudtrace-tokens-title">
        {t('tokens.title')}
      </DialogTitle>
      <Content>
        <Typography variant="body2">{t('tokens.intro')}</Typography>
        <QueryStates
          query={query}
          what={t('tokens.loading')}
          permission="cloudtrace.token.manage"
        >
          {data => (
            <>
              {create.data ? (
                <CreatedTokenNotice
                  created={create.data}
                  onDone={create.reset}
                />
              ) : (
                <CreateTokenForm
                  busy={create.isPending}
                  onCreate={create.mutate}
                />
              )}
              {failure && (
                <Banner status="danger">
                  {t('tokens.failed', { reason: failure.message })}
                </Banner>
              )}
              <TokenTable
                tokens={data.items}
                busy={revoke.isPending}
                onRevoke={revoke.mutate}
              />
            </>
          )}
        </QueryStates>
      </Content>
      <DialogActions>
        <Button variant="tertiary" onPress={close}>
          {t('tokens.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
