/** Where the app is, without its base path. */
export interface AppPlace {
  pathname: string;
  /** With the leading question mark, or empty. */
  search: string;
}

/** Goes to a path of the app, which starts with a slash. */
export type Navigate = (path: string, options?: { replace?: boolean }) => void;

/** Replaces the parameters in the URL. */
export type SetSearchParams = (
  change: (current: URLSearchParams) => URLSearchParams,
  options?: { replace?: boolean },
) => void;
