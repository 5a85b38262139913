import type { ServiceStatus } from '@cloudtrace/plugin-cloudtrace-common';
import { useJudgementText } from '../../state/useJudgementText';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';
import { Row } from '../shared/layout/Row';
import { LongText } from '../shared/text/LongText';

/** The current state of the service and the reason, as on the fleet page. */
export function StatusLine(props: { status: ServiceStatus }) {
  const { severity, reasons } = props.status;
  const word = useJudgementText();
  return (
    <Row align="baseline">
      <ServiceStatusChip severity={severity} />
      <LongText>{reasons.map(reason => `${word(reason)}.`).join(' ')}</LongText>
    </Row>
  );
}
