import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import {
  identityColor,
  identityLooks,
  otherColor,
  type SeriesLook,
} from '../lib/palette';

/** How to draw instances, zones or routes in the theme. */
export interface SeriesLooks {
  lookOf(key: string): SeriesLook;
  /** The colour of the group "other". */
  other: string;
}

/** The looks of `keys` that appear together. */
export function useSeriesLooks(keys: string[]): SeriesLooks {
  const { mode } = useTheme().palette;
  const list = keys.join('\n');
  return useMemo(() => {
    const looks = identityLooks(list ? list.split('\n') : [], mode);
    return {
      lookOf: key =>
        looks.get(key) ?? { color: identityColor(key, mode), dash: '' },
      other: otherColor(mode),
    };
  }, [list, mode]);
}
