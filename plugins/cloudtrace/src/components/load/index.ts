export { LoadDistributionView } from './LoadDistributionView';
