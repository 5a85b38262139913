export { ScalingView } from './ScalingView';
