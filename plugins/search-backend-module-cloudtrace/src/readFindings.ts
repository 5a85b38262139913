import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityPagePath,
  tabLink,
  type CloudtraceFindingDocument,
  type Finding,
  type FindingRollupGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CloudtraceApi } from './CloudtraceApi';

/** Findings of an entity; the rest are on its tab. */
const MAX_PER_ENTITY = 50;
/** Findings of all entities. */
const MAX_FINDINGS = 20_000;
const MAX_TITLE = 300;
const MAX_TEXT = 1_000;

/** Reads the most severe open findings of every entity. */
export async function* readFindings(options: {
  api: CloudtraceApi;
  logger: LoggerService;
}): AsyncGenerator<CloudtraceFindingDocument> {
  const { api, logger } = options;
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await api.listScanned(cursor);
    for (const group of page.items.filter(hasFindings)) {
      const asOfMs = Date.now();
      const findings = await api.listFindings(group.key, MAX_PER_ENTITY);
      for (const finding of findings?.items ?? []) {
        if (count === MAX_FINDINGS) {
          logger.warn(
            `The search has only ${MAX_FINDINGS} open findings of CloudTrace, those of the services with the worst ones`,
          );
          return;
        }
        count += 1;
        yield toDocument(group, finding, asOfMs);
      }
    }
    cursor = page.nextCursor;
  } while (cursor);
}

function hasFindings({ open }: FindingRollupGroup): boolean {
  return Object.values(open).some(count => count > 0);
}

function toDocument(
  { key: entityRef, title }: FindingRollupGroup,
  finding: Finding,
  asOfMs: number,
): CloudtraceFindingDocument {
  const { findingId, severity, location } = finding;
  const words = [
    `${severity} finding of ${title}`,
    finding.ruleId,
    ...finding.cves,
    ...finding.cwes,
    finding.package &&
      [finding.package.name, finding.package.version].filter(Boolean).join(' '),
    location?.path,
    ...finding.tools,
  ];
  return {
    title: finding.title.slice(0, MAX_TITLE),
    text: words.filter(Boolean).join(' · ').slice(0, MAX_TEXT),
    location: tabLink(entityPagePath(parseEntityRef(entityRef)), {
      view: 'security-scans',
      finding: findingId,
    }),
    authorization: { resourceRef: entityRef },
    entityRef,
    findingId,
    severity,
    cves: finding.cves.join(', '),
    asOfMs,
  };
}
