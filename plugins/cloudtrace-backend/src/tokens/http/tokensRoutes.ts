import type {
  CreateTokenRequest,
  ListTokensQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TokenService } from '../types';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';

/** Routes for ingest tokens. */
export function tokenRoutes(service: TokenService) {
  return (add: AddRoute) => {
    add<ListTokensQuery>({
      operationId: 'listTokens',
      method: 'get',
      path: `${ENTITY_PATH}/tokens`,
      audit: { eventId: 'tokens-read' },
      handle: async ({ params, query, credentials }) => ({
        items: await service.listTokens(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
          },
          { credentials },
        ),
      }),
    });

    add<unknown, CreateTokenRequest>({
      operationId: 'createToken',
      method: 'post',
      path: `${ENTITY_PATH}/tokens`,
      audit: { eventId: 'token-create' },
      status: 201,
      handle: ({ params, body, credentials }) =>
        service.createToken(
          {
            entityRef: parseEntityRef(params),
            environment: body.environment,
            kind: body.kind,
            name: body.name,
            expiresInDays: body.expiresInDays,
          },
          { credentials },
        ),
    });

    add({
      operationId: 'revokeToken',
      method: 'delete',
      path: `${ENTITY_PATH}/tokens/:tokenId`,
      audit: { eventId: 'token-revoke' },
      status: 204,
      handle: ({ params, credentials }) =>
        service.revokeToken(
          { entityRef: parseEntityRef(params), tokenId: params.tokenId },
          { credentials },
        ),
    });
  };
}
