import {
  useLocation as useRouterLocation,
  useNavigate as useRouterNavigate,
  useSearchParams as useRouterSearchParams,
} from 'react-router-dom';
import { fromFramework } from './framework';
import type { AppPlace, Navigate, SetSearchParams } from './types';
import { useAppHistory } from './useAppHistory';

type Hook<Value> = () => Value;

/**
 * The hook of the framework in an app with a history of its own, else that of
 * React Router. In other apps, the framework's hooks cut the first part of a
 * path that begins as the app's base path does.
 */
function inApp<Value>(
  useFramework: Hook<Value> | undefined,
  useRouter: Hook<Value>,
): Hook<Value> {
  return function useRouting() {
    const useHook = useAppHistory() && useFramework ? useFramework : useRouter;
    return useHook();
  };
}

export const useLocation = inApp<AppPlace>(
  fromFramework('useAppLocation'),
  useRouterLocation,
);

export const useNavigate = inApp<Navigate>(
  fromFramework('useAppNavigate'),
  useRouterNavigate,
);

export const useSearchParams = inApp<[URLSearchParams, SetSearchParams]>(
  fromFramework('useAppSearchParams'),
  useRouterSearchParams,
);
