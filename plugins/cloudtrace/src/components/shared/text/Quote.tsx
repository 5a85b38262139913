import { useText } from '../../../state/useText';

/** Words of a provider, which stay in its language. */
export function Quote(props: { children: string }) {
  const t = useText();
  return (
    <q lang="en" title={t('fleet.quoteHint')}>
      {props.children}
    </q>
  );
}
