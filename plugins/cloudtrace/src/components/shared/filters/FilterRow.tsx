import type { ReactNode } from 'react';
import { useText } from '../../../state/useText';
import { Row } from '../layout/Row';

/** The filters of a list, side by side. */
export function FilterRow(props: { children: ReactNode }) {
  const t = useText();
  return (
    <Row
      role="search"
      aria-label={t('requests.filters')}
      align="flex-start"
      wrap
    >
      {props.children}
    </Row>
  );
}
