import type {
  TimelineEvent,
  TimelineKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { Quote } from '../shared/text/Quote';

/** The kinds whose details a provider may have written. */
const PROVIDER_KINDS: readonly TimelineKind[] = [
  'scaling',
  'alarm',
  'database',
];

/** What happened in detail; a provider's own words as a quote. */
export function EventDetail(props: { event: TimelineEvent }) {
  const { event } = props;
  const said = useSaid();
  const detail = said(event, 'detail');
  const isQuote =
    PROVIDER_KINDS.includes(event.kind) &&
    !(event.coded && 'detail' in event.coded);
  return isQuote ? <Quote>{detail}</Quote> : detail;
}
