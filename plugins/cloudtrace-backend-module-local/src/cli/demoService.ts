import { join } from 'node:path';
import type { LocalServiceDefinition } from '../protocol/types';

/** The demo service: the output of the template "Tracked service", from this repository. */
export function demoService(repositoryRoot: string): LocalServiceDefinition {
  return {
    name: 'request-tracker-demo',
    entityRef: 'component:default/request-tracker-demo',
    environment: 'local',
    directory: join(repositoryRoot, 'templates/tracked-service/base'),
    minInstances: 3,
    maxInstances: 6,
    requestsPerSecond: 20,
  };
}
