import { createContext, useContext } from 'react';
import type { TimeZoneMode } from '../lib/format';
import type { TabStateControls } from './useTabState';

/** The context of every view in the tab. */
export interface CloudtraceContextValue {
  entityRef: string;
  /** The selected environment, or the entity's default one. */
  environment: string;
  /** Names of the entity's environments, in display order. */
  environments: string[];
  tab: TabStateControls;
  /** Path of the tab within the app. */
  basePath: string;
}

const Context = createContext<CloudtraceContextValue | undefined>(undefined);

export const CloudtraceProvider = Context.Provider;

/** Returns the tab's context; views are always rendered inside the tab. */
export function useCloudtrace(): CloudtraceContextValue {
  const value = useContext(Context);
  if (!value) {
    throw new Error(
      'A CloudTrace view was rendered outside the CloudTrace tab',
    );
  }
  return value;
}

/** Returns the time zone of the tab; local outside of the tab. */
export function useTimeZone(): TimeZoneMode {
  return useContext(Context)?.tab.timeZone ?? 'local';
}
