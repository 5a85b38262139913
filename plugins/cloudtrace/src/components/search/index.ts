export { FindingResult, ServiceResult } from './ResultItem';
