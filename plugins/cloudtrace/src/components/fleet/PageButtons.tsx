import { Button } from '@backstage/ui';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Row } from '../shared/layout/Row';

/**
 * Buttons for the first and the next page, by the cursor in the URL; hidden if
 * there is only one page.
 */
export function PageButtons(props: { nextCursor: string | undefined }) {
  const { nextCursor } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const cursor = params.get('cursor');
  if (!cursor && !nextCursor) return null;
  return (
    <Row justify="flex-end">
      <Button
        variant="tertiary"
        isDisabled={!cursor}
        onPress={() => setParams({ cursor: undefined })}
      >
        {t('fleetPage.first')}
      </Button>
      <Button
        variant="tertiary"
        isDisabled={!nextCursor}
        onPress={() => setParams({ cursor: nextCursor })}
      >
        {t('fleetPage.next')}
      </Button>
    </Row>
  );
}
