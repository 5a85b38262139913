import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityPagePath,
  tabLink,
  type CloudtraceServiceDocument,
  type FleetService,
  type Judgement,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CloudtraceApi } from './CloudtraceApi';

/** Longest text of a document. */
const MAX_TEXT = 2_000;

/**
 * What the fleet says about a service. A document has one permission, that for
 * the fleet, so that statements about requests and findings do not belong in it.
 */
const FLEET_CODES = new Set([
  'failover-ongoing',
  'no-healthy-target',
  'targets-unhealthy',
  'zone-down',
  'zone-lost',
  'single-zone',
  'health-not-measured',
  'at-max',
  'of-group',
]);

/** Reads the state of every service. */
export async function* readServices(options: {
  api: CloudtraceApi;
  logger: LoggerService;
}): AsyncGenerator<CloudtraceServiceDocument> {
  const { api, logger } = options;
  let cursor: string | undefined;
  do {
    const page = await api.listFleet(cursor);
    for (const service of page.items) {
      yield toDocument(service, Date.parse(page.asOf));
    }
    cursor = page.nextCursor;
    if (!cursor && page.truncated) {
      logger.warn(
        `The search has only the ${page.total} most urgent services of CloudTrace`,
      );
    }
  } while (cursor);
}

function toDocument(
  service: FleetService,
  asOfMs: number,
): CloudtraceServiceDocument {
  const { entityRef, environment, healthy, wanted } = service;
  const reasons = service.reasons.filter(({ code }) => FLEET_CODES.has(code));
  const isMeasured = healthy !== undefined || reasons.length > 0;
  const sentences = [
    ...reasons.map(({ text }) => text),
    healthy === undefined
      ? 'Health unknown'
      : `${healthy} of ${wanted ?? 'an unknown number of'} targets are healthy`,
    service.lastScaling && `Last scaling: ${service.lastScaling.text}`,
    service.lastFailover && `Last failover: ${service.lastFailover.text}`,
  ];
  return {
    title: service.title ?? service.name,
    text: `${sentences.filter(Boolean).join('. ')}.`.slice(0, MAX_TEXT),
    location: tabLink(entityPagePath(parseEntityRef(entityRef)), {
      environment,
    }),
    authorization: { resourceRef: entityRef },
    entityRef,
    environment,
    asOfMs,
    severity: isMeasured ? severityOf(reasons) : 'no-data',
    healthy,
    wanted,
  };
}

/** The severity of the reasons that the document shows. */
function severityOf(
  reasons: readonly Judgement[],
): CloudtraceServiceDocument['severity'] {
  const severities = reasons.map(({ severity }) => severity);
  if (severities.includes('critical')) return 'critical';
  return severities.includes('warning') ? 'warning' : 'ok';
}
