import {
  useLocation as useRouterLocation,
  useNavigate as useRouterNavigate,
  useSearchParams as useRouterSearchParams,
} from 'react-router-dom';
import { fromFramework } from './framework';

/** Where the app is, without its base path. */
interface AppPlace {
  pathname: string;
  /** With the leading question mark, or empty. */
  search: string;
}

/** Goes to a path of the app, which starts with a slash. */
type Navigate = (path: string, options?: { replace?: boolean }) => void;

/** Replaces the parameters in the URL. */
type SetSearchParams = (
  change: (current: URLSearchParams) => URLSearchParams,
  options?: { replace?: boolean },
) => void;

// The functions of the framework use React Router by themselves where an app
// still does. They never change, so the order of hooks does not either.

export const useLocation: () => AppPlace =
  fromFramework('useAppLocation') ?? useRouterLocation;

export const useNavigate: () => Navigate =
  fromFramework('useAppNavigate') ?? useRouterNavigate;

export const useSearchParams: () => [URLSearchParams, SetSearchParams] =
  fromFramework('useAppSearchParams') ?? useRouterSearchParams;
