import { Button } from '@backstage/ui';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import type {
  CreateTokenRequest,
  TokenKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useState, type FormEvent } from 'react';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';

const KINDS: TokenKind[] = ['requests', 'scans', 'events'];
const LIFETIMES_DAYS = [30, 90, 180, 365];

const Form = styled('form')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  paddingTop: theme.spacing(1),
  gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
}));

/** A form for a new token; the environment is the one on screen. */
export function CreateTokenForm(props: {
  busy: boolean;
  onCreate: (request: CreateTokenRequest) => void;
}) {
  const t = useText();
  const { environment, environments } = useCloudtrace();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<TokenKind>('requests');
  const [target, setTarget] = useState(environment);
  const [expiresInDays, setExpiresInDays] = useState(90);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onCreate({
      kind,
      name: name.trim(),
      environment: target,
      expiresInDays,
    });
  };
  return (
    <Form onSubmit={submit}>
      <TextField
        size="small"
        required
        label={t('tokens.name')}
        helperText={t('tokens.nameHint')}
        value={name}
        onChange={event => setName(event.target.value)}
        inputProps={{ maxLength: 100 }}
      />
      <TextField
        select
        size="small"
        label={t('tokens.kind')}
        value={kind}
        onChange={event => setKind(event.target.value as TokenKind)}
      >
        {KINDS.map(item => (
          <MenuItem key={item} value={item}>
            {t(`tokens.kinds.${item}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('tokens.environment')}
        value={target}
        onChange={event => setTarget(event.target.value)}
      >
        {environments.map(item => (
          <MenuItem key={item} value={item}>
            {item}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('tokens.expires')}
        value={expiresInDays}
        onChange={event => setExpiresInDays(Number(event.target.value))}
      >
        {LIFETIMES_DAYS.map(days => (
          <MenuItem key={days} value={days}>
            {t('tokens.days', { count: days })}
          </MenuItem>
        ))}
      </TextField>
      <Box>
        <Button
          type="submit"
          variant="primary"
          isDisabled={props.busy || !name.trim()}
        >
          {t('tokens.create')}
        </Button>
      </Box>
    </Form>
  );
}
