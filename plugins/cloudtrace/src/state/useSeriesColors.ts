import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import { otherColor, slotColor, type ColorKind } from '../lib/palette';
import { useCloudtrace } from './CloudtraceContext';

/**
 * The colour of each of `keys` under the theme. All keys of an answer are
 * placed at once, so that the order of drawing does not matter.
 */
export function useSeriesColors(kind: ColorKind, keys: string[]) {
  const { colors } = useCloudtrace();
  const { mode } = useTheme().palette;
  const list = keys.join('\n');
  return useMemo(() => {
    const slots = colors[kind];
    slots.assign(list ? list.split('\n') : []);
    return {
      colorOf: (key: string) => slotColor(slots.slotOf(key), mode),
      other: otherColor(mode),
    };
  }, [colors, kind, list, mode]);
}
