import { Button } from '@backstage/ui';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { IngestToken } from '@cloudtrace/plugin-cloudtrace-common';
import { useState } from 'react';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';

const STATUS_COLORS = {
  live: 'success',
  expired: 'default',
  revoked: 'default',
  'entity-replaced': 'warning',
  unpeppered: 'warning',
} as const;

function Status(props: { status: IngestToken['status'] }) {
  const { status } = props;
  const t = useText();
  return (
    <>
      <Chip
        size="small"
        variant="outlined"
        color={STATUS_COLORS[status]}
        label={t(`tokens.status.${status}`)}
      />
      {(status === 'entity-replaced' || status === 'unpeppered') && (
        <Typography variant="caption" component="p">
          {t(`tokens.stopped.${status}`)}
        </Typography>
      )}
    </>
  );
}

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
    <DataTable
      label={t('tokens.title')}
      rows={tokens}
      rowKey={({ tokenId }) => tokenId}
      columns={[
        {
          id: 'name',
          title: t('tokens.columns.name'),
          wrap: true,
          minWidth: 100,
          render: ({ name }) => name,
        },
        {
          id: 'kind',
          title: t('tokens.columns.kind'),
          wrap: true,
          minWidth: 80,
          render: ({ kind }) => t(`tokens.kinds.${kind}`),
        },
        {
          id: 'environment',
          title: t('tokens.columns.environment'),
          render: ({ environment }) => environment,
        },
        {
          id: 'status',
          title: t('tokens.columns.status'),
          wrap: true,
          minWidth: 120,
          render: ({ status }) => <Status status={status} />,
        },
        {
          id: 'expires',
          title: t('tokens.columns.expires'),
          render: ({ expiresAt }) => time(expiresAt),
        },
        {
          id: 'lastUsed',
          title: t('tokens.columns.lastUsed'),
          render: ({ lastUsedAt }) => time(lastUsedAt),
        },
        {
          id: 'revoke',
          title: '',
          align: 'right',
          wrap: true,
          minWidth: 100,
          render: token =>
            !['revoked', 'expired'].includes(token.status) &&
            (asking === token.tokenId ? (
              <Box role="alert">
                <Typography variant="caption" component="p">
                  {t('tokens.revokeConfirm', { name: token.name })}
                </Typography>
                <Button variant="tertiary" onPress={() => setAsking(undefined)}>
                  {t('tokens.keep')}
                </Button>
                <Button
                  variant="tertiary"
                  destructive
                  isDisabled={busy}
                  onPress={() => {
                    setAsking(undefined);
                    onRevoke(token.tokenId);
                  }}
                >
                  {t('tokens.revoke')}
                </Button>
              </Box>
            ) : (
              <Button
                variant="tertiary"
                aria-label={t('tokens.revokeName', { name: token.name })}
                onPress={() => setAsking(token.tokenId)}
              >
                {t('tokens.revoke')}
              </Button>
            )),
        },
      ]}
    />
  );
}
