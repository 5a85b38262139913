import useMediaQuery from '@mui/material/useMediaQuery';

/** Free space to the right of every plot, in pixels. */
export const PLOT_RIGHT_PX = 24;

/** Border and padding of the card around a chart, in pixels. */
export const CARD_INSET_PX = 17;

/**
 * Width of the value axis to the left of every plot, in pixels. It is the same
 * everywhere, so that times line up from the event strip down to the last
 * chart; names of lanes and rows are above them.
 */
export function useGutter(): number {
  return useMediaQuery('(max-width: 760px)') ? 48 : 60;
}
