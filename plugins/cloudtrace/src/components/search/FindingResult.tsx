import type { CloudtraceFindingDocument } from '@cloudtrace/plugin-cloudtrace-common';
import { SeverityLabel } from '../security/SeverityLabel';
import { ResultItem, type ResultProps } from './ResultItem';

/** An open finding in the results of the search. */
export function FindingResult(props: ResultProps) {
  return (
    <ResultItem<CloudtraceFindingDocument>
      {...props}
      label={({ severity }) => <SeverityLabel severity={severity} />}
    />
  );
}
