export { SummaryCard } from './SummaryCard';
export { SecurityCard } from './SecurityCard';
