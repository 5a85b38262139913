export { Link } from './Link';
export { openView } from './openView';
export { useLocation, useNavigate, useSearchParams } from './hooks';
