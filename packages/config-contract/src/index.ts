export {
  compareConfig,
  type ConfigComparison,
  type ConfigContract,
} from './compareConfig';
