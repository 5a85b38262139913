import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { CloudtraceDocument } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { ServiceLink } from '../fleet/ServiceLink';
import { CloudtraceTheme } from '../shared/CloudtraceTheme';
import { Row } from '../shared/layout/Row';

/** What the search gives a result item. */
export type ResultProps = BaseSearchResultListItemProps & {
  highlight?: {
    preTag: string;
    postTag: string;
    fields: Record<string, string>;
  };
};

/** A result with its state; the time says how old that is. */
export function ResultItem<T extends CloudtraceDocument>(
  props: ResultProps & { label: (document: T) => ReactNode },
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
