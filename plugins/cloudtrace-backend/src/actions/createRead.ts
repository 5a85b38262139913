import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { toApiError } from '../http/answerErrors';
import type { ApiOperations } from '../http/ApiOperations';
import type { ActionCall, Read, Reads } from './types';

/** Creates what an action reads with: the operations of the HTTP API, as its caller. */
export function createRead(options: {
  operations: ApiOperations;
  logger: LoggerService;
  action: string;
  call: ActionCall;
}): Read {
  const { operations, logger, action, call } = options;
  const { credentials } = call;
  return async <Id extends keyof Reads>(
    operationId: Id,
    query: Reads[Id][0],
    entityRef?: string,
  ) => {
    const params = entityRef ? { ...parseEntityRef(entityRef) } : {};
    try {
      return (await operations.call(
        operationId,
        { params, query: withoutAbsent(query) },
        { credentials, audit: { action, caller: callerOf(credentials) } },
      )) as Reads[Id][1];
    } catch (error) {
      throw toApiError(error as Error, logger);
    }
  };
}

/** Without an HTTP request, the audit log does not find out by itself who called. */
function callerOf({ principal }: BackstageCredentials): string | undefined {
  const { userEntityRef, subject } = principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject;
}

function withoutAbsent(query: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  );
}
