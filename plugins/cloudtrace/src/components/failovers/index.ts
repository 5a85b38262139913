export { FailoversView } from './FailoversView';
