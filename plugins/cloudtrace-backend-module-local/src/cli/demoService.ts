import type { LocalServiceDefinition } from '../protocol/types';

export const DEMO_NAME = 'request-tracker-demo';

/** The demo service: a starter of the template "Tracked service", rendered into this folder. */
export function demoService(directory: string): LocalServiceDefinition {
  return {
    name: DEMO_NAME,
    entityRef: `component:default/${DEMO_NAME}`,
    environment: 'local',
    directory,
    minInstances: 3,
    maxInstances: 6,
    requestsPerSecond: 20,
  };
}
