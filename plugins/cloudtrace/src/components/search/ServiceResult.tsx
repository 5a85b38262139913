import type { CloudtraceServiceDocument } from '@cloudtrace/plugin-cloudtrace-common';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';
import { ResultItem, type ResultProps } from './ResultItem';

/** A service in the results of the search. */
export function ServiceResult(props: ResultProps) {
  return (
    <ResultItem<CloudtraceServiceDocument>
      {...props}
      label={({ severity }) => <ServiceStatusChip severity={severity} />}
    />
  );
}
