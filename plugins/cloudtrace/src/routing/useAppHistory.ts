import { useApiHolder } from '@backstage/frontend-plugin-api';
import { fromFramework } from './framework';

const appHistoryApiRef = fromFramework('coreApis')?.appHistory;

/** Whether the app routes by itself; else React Router does. An app never changes that. */
export function useAppHistory(): boolean {
  const apis = useApiHolder();
  return Boolean(appHistoryApiRef && apis.get(appHistoryApiRef));
}
