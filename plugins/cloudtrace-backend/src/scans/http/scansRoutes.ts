import type {
  ExportFindingsQuery,
  GetFindingRollupQuery,
  GetFindingSummaryQuery,
  ListFindingsQuery,
  ListScansQuery,
  TriageRequest,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FindingRollupService, ScanService } from '../ScanService';
import {
  ENTITY_PATH,
  FileAnswer,
  type AddRoute,
} from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';

/** Routes for scans, findings and triage. */
export function scanRoutes(service: ScanService, rollup: FindingRollupService) {
  return (add: AddRoute) => {
    addScanRoutes(add, service);
    addFindingRoutes(add, service);
    addExportRoute(add, service);
    addSingleFindingRoutes(add, service);
    addRollupRoute(add, rollup);
  };
}

/** Scans of an entity. */
function addScanRoutes(add: AddRoute, service: ScanService): void {
  add<ListScansQuery>({
    operationId: 'listScans',
    method: 'get',
    path: `${ENTITY_PATH}/scans`,
    audit: { eventId: 'scans-read', queryType: 'list' },
    handle: ({ params, query, credentials }) =>
      service.listScans(
        {
          ...parseRange(query),
          entityRef: parseEntityRef(params),
          cursor: query.cursor,
          limit: query.limit ?? 50,
        },
        { credentials },
      ),
  });
}

/** Findings of an entity. */
function addFindingRoutes(add: AddRoute, service: ScanService): void {
  add<ListFindingsQuery>({
    operationId: 'listFindings',
    method: 'get',
    path: `${ENTITY_PATH}/findings`,
    audit: { eventId: 'findings-read', queryType: 'list' },
    handle: ({ params, query, credentials }) =>
      service.listFindings(
        { ...query, entityRef: parseEntityRef(params) },
        { credentials },
      ),
  });

  add<GetFindingSummaryQuery>({
    operationId: 'getFindingSummary',
    method: 'get',
    path: `${ENTITY_PATH}/findings/summary`,
    audit: { eventId: 'findings-read', queryType: 'summary' },
    handle: ({ params, query, credentials }) =>
      service.getSummary(
        { ...parseRange(query), entityRef: parseEntityRef(params) },
        { credentials },
      ),
  });
}

/** Findings of an entity as a file. */
function addExportRoute(add: AddRoute, service: ScanService): void {
  add<ExportFindingsQuery>({
    operationId: 'exportFindings',
    method: 'get',
    path: `${ENTITY_PATH}/findings/export`,
    audit: { eventId: 'findings-read', queryType: 'export' },
    handle: async ({ params, query, credentials }) => {
      const file = await service.exportFindings(
        {
          entityRef: parseEntityRef(params),
          format: query.format,
          states: query.state,
        },
        { credentials },
      );
      return new FileAnswer(
        file.contentType,
        file.body,
        `findings.${query.format}`,
      );
    },
  });
}

/** One finding and its triage. */
function addSingleFindingRoutes(add: AddRoute, service: ScanService): void {
  add({
    operationId: 'getFinding',
    method: 'get',
    path: `${ENTITY_PATH}/findings/:findingId`,
    audit: { eventId: 'findings-read', queryType: 'details' },
    handle: ({ params, credentials }) =>
      service.getFinding(
        { entityRef: parseEntityRef(params), findingId: params.findingId },
        { credentials },
      ),
  });

  add<unknown, TriageRequest>({
    operationId: 'triageFinding',
    method: 'patch',
    path: `${ENTITY_PATH}/findings/:findingId`,
    audit: { eventId: 'finding-triage' },
    handle: ({ params, body, credentials }) =>
      service.triage(
        {
          entityRef: parseEntityRef(params),
          findingId: params.findingId,
          triage: body,
        },
        { credentials },
      ),
  });
}

/** Findings of all entities. */
function addRollupRoute(add: AddRoute, rollup: FindingRollupService): void {
  add<GetFindingRollupQuery>({
    operationId: 'getFindingRollup',
    method: 'get',
    path: '/v1/findings',
    audit: { eventId: 'findings-read', queryType: 'rollup' },
    handle: ({ query, credentials }) =>
      rollup.list(
        {
          ...query,
          groupBy: query.groupBy ?? 'entity',
          limit: query.limit ?? 50,
        },
        { credentials },
      ),
  });
}
