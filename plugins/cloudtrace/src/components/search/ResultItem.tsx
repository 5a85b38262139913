import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import {
  type CloudtraceDocument,
  type CloudtraceFindingDocument,
  type CloudtraceServiceDocument,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { ServiceLink } from '../fleet/ServiceLink';
import { SeverityLabel } from '../security/SeverityLabel';
import { CloudtraceTheme } from '../shared/CloudtraceTheme';
import { Row } from '../shared/layout/Row';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';

type Props = BaseSearchResultListItemProps & {
  highlight?: {
    preTag: string;
    postTag: string;
    fields: Record<string, string>;
  };
};

/** A result with its state; the time says how old that is. */
function ResultItem<T extends CloudtraceDocument>(
  props: Props & { label: (document: T) => ReactNode },
) {
  const { result, highlight, label } = props;
  const t = useText();
  const timeZone = useTimeZone();
  if (!result) return null;
  const document = result as unknown as T;
  const marked = (field: 'title' | 'text') => {
    const text = highlight?.fields[field];
    return highlight && text ? (
      <HighlightedSearchResultText
        text={text}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      document[field]
    );
  };
  return (
    <CloudtraceTheme>
      <Box sx={{ paddingBlock: 1.5 }}>
        <Row wrap>
          {label(document)}
          <ServiceLink to={document.location}>{marked('title')}</ServiceLink>
          <Typography variant="caption" color="text.secondary">
            {t('search.asOf', {
              time: formatDateTime(document.asOfMs, timeZone),
            })}
          </Typography>
        </Row>
        <Typography variant="body2">{marked('text')}</Typography>
      </Box>
    </CloudtraceTheme>
  );
}

/** A service in the results of the search. */
export function ServiceResult(props: Props) {
  return (
    <ResultItem<CloudtraceServiceDocument>
      {...props}
      label={({ severity }) => <ServiceStatusChip severity={severity} />}
    />
  );
}

/** An open finding in the results of the search. */
export function FindingResult(props: Props) {
  return (
    <ResultItem<CloudtraceFindingDocument>
      {...props}
      label={({ severity }) => <SeverityLabel severity={severity} />}
    />
  );
}
