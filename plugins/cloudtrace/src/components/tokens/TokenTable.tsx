import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { IngestToken } from '@cloudtrace/plugin-cloudtrace-common';
import { useState } from 'react';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { NoBreakCell } from '../shared/NoBreakCell';

const STATUS_COLORS = {
  live: 'success',
  expired: 'default',
  revoked: 'default',
  'entity-replaced': 'warning',
  unpeppered: 'warning',
} as const;

/** Tokens without their secrets; revoking asks for confirmation in place. */
export function TokenTable(props: {
  tokens: IngestToken[];
  busy: boolean;
  onRevoke: (tokenId: string) => void;
}) {
  const { tokens, busy, onRevoke } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const [asking, setAsking] = useState<string>();
  const time = (value?: string) =>
    value ? formatDateTime(Date.parse(value), tab.timeZone) : t('tokens.never');

  if (tokens.length === 0) {
    return <Typography color="text.secondary">{t('tokens.none')}</Typography>;
  }
  return (
    <TableContainer>
      <Table size="small" aria-label={t('tokens.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('tokens.columns.name')}</TableCell>
            <TableCell>{t('tokens.columns.kind')}</TableCell>
            <TableCell>{t('tokens.columns.environment')}</TableCell>
            <TableCell>{t('tokens.columns.status')}</TableCell>
            <TableCell>{t('tokens.columns.expires')}</TableCell>
            <TableCell>{t('tokens.columns.lastUsed')}</TableCell>
            <TableCell />
          </TableRow>
        </TableHead>
        <TableBody>
          {tokens.map(token => (
            <TableRow key={token.tokenId}>
              <TableCell component="th" scope="row">
                {token.name}
              </TableCell>
              <TableCell>{t(`tokens.kinds.${token.kind}`)}</TableCell>
              <TableCell>{token.environment}</TableCell>
              <TableCell>
                <Chip
                  size="small"
                  variant="outlined"
                  color={STATUS_COLORS[token.status]}
                  label={t(`tokens.status.${token.status}`)}
                />
                {(token.status === 'entity-replaced' ||
                  token.status === 'unpeppered') && (
                  <Typography variant="caption" component="p">
                    {t(`tokens.stopped.${token.status}`)}
                  </Typography>
                )}
              </TableCell>
              <NoBreakCell>{time(token.expiresAt)}</NoBreakCell>
              <NoBreakCell>{time(token.lastUsedAt)}</NoBreakCell>
              <TableCell align="right">
                {!['revoked', 'expired'].includes(token.status) &&
                  asking !== token.tokenId && (
                    <Button
                      size="small"
                      aria-label={t('tokens.revokeName', { name: token.name })}
                      onClick={() => setAsking(token.tokenId)}
                    >
                      {t('tokens.revoke')}
                    </Button>
                  )}
                {asking === token.tokenId && (
                  <Box role="alert">
                    <Typography variant="caption" component="p">
                      {t('tokens.revokeConfirm', { name: token.name })}
                    </Typography>
                    <Button size="small" onClick={() => setAsking(undefined)}>
                      {t('tokens.keep')}
                    </Button>
                    <Button
                      size="small"
                      color="error"
                      disabled={busy}
                      onClick={() => {
                        setAsking(undefined);
                        onRevoke(token.tokenId);
                      }}
                    >
                      {t('tokens.revoke')}
                    </Button>
                  </Box>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
