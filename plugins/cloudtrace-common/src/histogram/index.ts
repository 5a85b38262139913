export { DurationHistogram } from './DurationHistogram';
export { encodeHistogram, HISTOGRAM_SLOT_MAX_BYTES } from './encoding';
export {
  HISTOGRAM_SCALE,
  HISTOGRAM_SLOT_COUNT,
  histogramSlot,
  histogramSlotMidpointUs,
  histogramSlotUpperBoundUs,
} from './slots';
