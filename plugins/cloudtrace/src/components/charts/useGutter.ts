import useMediaQuery from '@mui/material/useMediaQuery';

/** Free space right of every plot, in pixels. */
export const PLOT_RIGHT_PX = 24;

/** Border and padding of the card around a chart, in pixels. */
export const CARD_INSET_PX = 17;

/**
 * Width of the value axis left of every plot, in pixels. One width for all, so
 * that times line up from the strip of events down to the last chart; names of
 * lanes and rows stand above them.
 */
export function useGutter(): number {
  return useMediaQuery('(max-width: 760px)') ? 48 : 60;
}
