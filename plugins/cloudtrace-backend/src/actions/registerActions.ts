import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ApiOperations } from '../http/ApiOperations';
import { createRead } from './createRead';
import { registerExplainScaling } from './explainScaling';
import { registerExplainWindow } from './explainWindow';
import { registerFindSlowRequests } from './findSlowRequests';
import { registerGetDiagnostics } from './getDiagnostics';
import { registerGetServiceSummary } from './getServiceSummary';
import { registerListFailovers } from './listFailovers';
import { registerListFindings } from './listFindings';
import type { ActionDeps } from './types';
import { registerWhoHasCve } from './whoHasCve';

const actions = [
  registerGetServiceSummary,
  registerExplainWindow,
  registerFindSlowRequests,
  registerExplainScaling,
  registerListFailovers,
  registerListFindings,
  registerWhoHasCve,
  registerGetDiagnostics,
];

/**
 * Registers the read API as actions, which Backstage's MCP backend offers to
 * assistants. They only read, with the permissions of the caller.
 */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  operations: ApiOperations;
  logger: LoggerService;
}): void {
  const deps: ActionDeps = {
    registry: options.actionsRegistry,
    readAs: (action, call) => createRead({ ...options, action, call }),
  };
  for (const register of actions) register(deps);
}
