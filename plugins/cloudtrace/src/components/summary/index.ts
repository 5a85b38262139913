export { SummaryCard } from './SummaryCard';
export { SecurityCard } from './SecurityCard';
export { ServicesCard } from './ServicesCard';
