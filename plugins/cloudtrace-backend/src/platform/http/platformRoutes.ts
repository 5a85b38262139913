import type {
  AssignServiceRequest,
  CreatePlatformTokenRequest,
  UnassignServiceQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AddRoute } from '../../http/ApiOperations';
import type { PlatformService } from '../PlatformService';

/** Routes for operators. */
export function platformRoutes(service: PlatformService) {
  return (add: AddRoute) => {
    add({
      operationId: 'listPlatformTokens',
      method: 'get',
      path: '/v1/platform/tokens',
      audit: { eventId: 'platform-tokens-read' },
      handle: async options => ({ items: await service.listTokens(options) }),
    });

    add<unknown, CreatePlatformTokenRequest>({
      operationId: 'createPlatformToken',
      method: 'post',
      path: '/v1/platform/tokens',
      audit: { eventId: 'platform-token-create' },
      status: 201,
      handle: ({ body, credentials }) =>
        service.createToken(body, { credentials }),
    });

    add({
      operationId: 'revokePlatformToken',
      method: 'delete',
      path: '/v1/platform/tokens/:tokenId',
      audit: { eventId: 'platform-token-revoke' },
      status: 204,
      handle: ({ params, credentials }) =>
        service.revokeToken(params.tokenId, { credentials }),
    });

    add({
      operationId: 'listUnknownServices',
      method: 'get',
      path: '/v1/platform/services',
      audit: { eventId: 'unknown-services-read' },
      handle: options => service.listUnknownServices(options),
    });

    add({
      operationId: 'listServiceAssignments',
      method: 'get',
      path: '/v1/platform/assignments',
      audit: { eventId: 'service-assignments-read' },
      handle: async options => ({
        items: await service.listAssignments(options),
      }),
    });

    add<unknown, AssignServiceRequest>({
      operationId: 'assignService',
      method: 'put',
      path: '/v1/platform/assignments',
      audit: { eventId: 'service-assign' },
      status: 204,
      handle: ({ body, credentials }) =>
        service.assignService(body, { credentials }),
    });

    add<UnassignServiceQuery>({
      operationId: 'unassignService',
      method: 'delete',
      path: '/v1/platform/assignments',
      audit: { eventId: 'service-unassign' },
      status: 204,
      handle: ({ query, credentials }) =>
        service.unassignService(
          { name: query.name, namespace: query.namespace ?? '' },
          { credentials },
        ),
    });
  };
}
