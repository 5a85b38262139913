import { formatChange } from '../lib/change';
import { useText } from './useText';

/** Compares a figure with its baseline in words, or says why that is impossible. */
export function useComparison(): (now?: number, before?: number) => string {
  const t = useText();
  return (now, before) => {
    const change = formatChange(now, before);
    if (change) return t('load.before', { change });
    return now !== undefined && before === 0
      ? t('load.beforeZero')
      : t('load.noBefore');
  };
}
