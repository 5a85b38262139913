import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { RequestPage } from '@cloudtrace/plugin-cloudtrace-common';
import { useRef } from 'react';
import { formatExact } from '../../lib/format';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { FIRST_PAGE } from './requestFilters';
import { Row } from '../shared/layout/Row';
import { Spacer } from '../shared/layout/Spacer';

const PageNumber = styled(Typography)({ fontVariantNumeric: 'tabular-nums' });

/**
 * Moves between pages by cursor. Only the browser history knows the cursors of
 * earlier pages; from a pasted URL, the only way back is "Newest".
 */
export function Pager(props: { page: RequestPage }) {
  const { page } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const visited = useRef(new Map<number, string | undefined>());
  const number = Math.max(1, Number(params.get('page')) || 1);
  const cursor = params.get('cursor') ?? undefined;
  visited.current.set(number, cursor);
  const hasPrevious = number > 1 && visited.current.has(number - 1);
  const goTo = (next: number, nextCursor: string | undefined) =>
    setParams(
      next > 1 ? { page: String(next), cursor: nextCursor } : FIRST_PAGE,
    );
  const total =
    page.total !== undefined
      ? t('requests.total', {
          count: page.total,
          number: formatExact(page.total),
        })
      : page.totalAtLeast !== undefined &&
        t('requests.totalAtLeast', {
          count: page.totalAtLeast,
          number: formatExact(page.totalAtLeast),
        });
  return (
    <Row wrap>
      <Spacer>
        <Typography variant="body2" color="text.secondary">
          {total}
        </Typography>
      </Spacer>
      <Button
        variant="tertiary"
        isDisabled={number === 1}
        onPress={() => goTo(1, undefined)}
      >
        {t('requests.firstPage')}
      </Button>
      <Button
        variant="tertiary"
        isDisabled={!hasPrevious}
        onPress={() => goTo(number - 1, visited.current.get(number - 1))}
      >
        {t('requests.previousPage')}
      </Button>
      <PageNumber variant="body2">
        {t('requests.page', { page: String(number) })}
      </PageNumber>
      <Button
        variant="tertiary"
        isDisabled={!page.nextCursor}
        onPress={() => goTo(number + 1, page.nextCursor)}
      >
        {t('requests.nextPage')}
      </Button>
    </Row>
  );
}
