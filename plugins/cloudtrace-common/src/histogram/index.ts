export { DurationHistogram } from './DurationHistogram';
export {
  HISTOGRAM_SCALE,
  HISTOGRAM_SLOT_COUNT,
  histogramSlot,
  histogramSlotMidpointUs,
  histogramSlotUpperBoundUs,
} from './slots';
