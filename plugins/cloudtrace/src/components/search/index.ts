export { FindingResult } from './FindingResult';
export { ServiceResult } from './ServiceResult';
