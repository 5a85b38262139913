import { Button } from '@backstage/ui';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import TextField from '@mui/material/TextField';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  DAY_MS,
  type FindingDetails,
  type TriageRequest,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useState, type FormEvent } from 'react';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Stacked } from '../shared/layout/Stacked';
import { Heading } from '../shared/text/Heading';
import { LongText } from '../shared/text/LongText';
import { Row } from '../shared/layout/Row';
import { Banner } from '../shared/Banner';

const MIN_REASON = 3;
const DEFAULT_DAYS = 90;
const MAX_DAYS = 365;

const dayFromNow = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Who decided what about the finding, why, and until when. */
function TriageDecision(props: {
  triage: NonNullable<FindingDetails['triage']>;
}) {
  const { triage } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const time = (value: string) =>
    formatDateTime(Date.parse(value), tab.timeZone);
  return (
    <LongText>
      {[
        t('security.triage.current', {
          state: t(`security.states.${triage.state}`),
          by: triage.decidedBy,
          at: time(triage.decidedAt),
          reason: triage.reason,
        }),
        triage.owner && t('security.triage.owner', { owner: triage.owner }),
        triage.expiresAt &&
          t('security.triage.until', { time: time(triage.expiresAt) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </LongText>
  );
}

/** Who accepts the risk, and until when. */
function AcceptanceFields(props: {
  owner: string;
  onOwner: (owner: string) => void;
  expires: string;
  onExpires: (day: string) => void;
}) {
  const t = useText();
  return (
    <>
      <TextField
        size="small"
        required
        label={t('security.triage.ownerField')}
        value={props.owner}
        onChange={event => props.onOwner(event.target.value)}
      />
      <TextField
        size="small"
        required
        type="date"
        label={t('security.triage.expires')}
        value={props.expires}
        onChange={event => props.onExpires(event.target.value)}
        inputProps={{ min: dayFromNow(1), max: dayFromNow(MAX_DAYS) }}
        InputLabelProps={{ shrink: true }}
      />
    </>
  );
}

/** The triage decision on a finding (who, why, until when), and a form for a new one. */
export function TriageForm(props: { finding: FindingDetails }) {
  const { finding } = props;
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const identity = useApi(identityApiRef);
  const client = useQueryClient();
  const { entityRef } = useCloudtrace();
  const [choice, setChoice] = useState<'accepted' | 'false-positive'>();
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState('');
  const [expires, setExpires] = useState(dayFromNow(DEFAULT_DAYS));
  const save = useMutation({
    mutationFn: (request: TriageRequest) =>
      api.triageFinding(entityRef, finding.findingId, request),
    onSuccess: () => {
      setChoice(undefined);
      setReason('');
      return client.invalidateQueries({ queryKey: ['cloudtrace', entityRef] });
    },
  });
  const begin = async (next: 'accepted' | 'false-positive') => {
    setChoice(next);
    if (!owner) {
      setOwner((await identity.getBackstageIdentity()).userEntityRef);
    }
  };
  const complete =
    reason.trim().length >= MIN_REASON &&
    (choice !== 'accepted' || (owner.trim() !== '' && expires !== ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice === 'accepted') {
      save.mutate({
        state: 'accepted',
        reason: reason.trim(),
        owner: owner.trim(),
        expiresAt: new Date(`${expires}T00:00:00Z`).toISOString(),
      });
    } else if (choice) {
      save.mutate({ state: choice, reason: reason.trim() });
    }
  };
  const { triage } = finding;
  return (
    <Stacked
      component="section"
      aria-label={t('security.triage.title')}
      gap={1}
    >
      <Heading component="h3">{t('security.triage.title')}</Heading>
      {triage && <TriageDecision triage={triage} />}
      {!choice && finding.state !== 'fixed' && (
        <Row wrap>
          <Button variant="secondary" onPress={() => begin('accepted')}>
            {t('security.triage.accept')}
          </Button>
          <Button variant="secondary" onPress={() => begin('false-positive')}>
            {t('security.triage.wrong')}
          </Button>
          {triage && (
            <Button
              variant="tertiary"
              onPress={() => save.mutate({ state: 'open' })}
            >
              {t('security.triage.reopen')}
            </Button>
          )}
        </Row>
      )}
      {choice && (
        <Stacked component="form" onSubmit={submit} gap={1.5}>
          <TextField
            size="small"
            multiline
            required
            label={t('security.triage.reason')}
            helperText={t('security.triage.reasonHint')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ maxLength: 2000 }}
          />
          {choice === 'accepted' && (
            <AcceptanceFields
              owner={owner}
              onOwner={setOwner}
              expires={expires}
              onExpires={setExpires}
            />
          )}
          <Row>
            <Button
              type="submit"
              variant="primary"
              isDisabled={!complete || save.isPending}
            >
              {t('security.triage.save')}
            </Button>
            <Button variant="tertiary" onPress={() => setChoice(undefined)}>
              {t('security.triage.cancel')}
            </Button>
          </Row>
        </Stacked>
      )}
      {save.error && (
        <Banner status="danger">
          {t('security.triage.failed', { reason: save.error.message })}
        </Banner>
      )}
    </Stacked>
  );
}
