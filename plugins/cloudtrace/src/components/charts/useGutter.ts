import useMediaQuery from '@mui/material/useMediaQuery';

/** Free space right of every plot, in pixels. */
export const PLOT_RIGHT_PX = 24;

/** Border and padding of the card around a chart, in pixels. */
export const CARD_INSET_PX = 17;

/**
 * Width of what stands left of every plot, in pixels: value axes, names of
 * lanes and rows. One width for all, so that times line up from the strip of
 * events down to the last chart.
 */
export function useGutter(): number {
  return useMediaQuery('(max-width: 760px)') ? 76 : 128;
}
