import type {
  FindingState,
  Severity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { severityRank } from '../importers/severity';
import type { SqlFragment } from '../../database/SqlFragment';
import { arrayBinding } from '../../database/arrayBinding';

/** Filters for an entity's findings. */
export interface FindingFilter {
  entityId: number;
  states: readonly FindingState[];
  severities?: readonly Severity[];
  tools?: readonly string[];
  search?: string;
  cve?: string;
  isNew?: boolean;
}

/** The newest scans of the entity's streams: the findings they added are new. */
export const CURRENT_SCANS =
  '(SELECT current_scan_id FROM scan_streams WHERE entity_id = ? AND current_scan_id IS NOT NULL)';

/** SQL conditions on `findings`, with their bindings. */
export function findingConditions(filter: FindingFilter): SqlFragment {
  const parts = ['entity_id = ?', 'state = ANY(?::text[])'];
  const bindings: Knex.RawBinding[] = [
    filter.entityId,
    arrayBinding(filter.states),
  ];
  if (filter.severities?.length) {
    parts.push('severity = ANY(?::int2[])');
    bindings.push(arrayBinding(filter.severities.map(severityRank)));
  }
  if (filter.tools?.length) {
    parts.push('tools && ?::text[]');
    bindings.push(arrayBinding(filter.tools));
  }
  if (filter.cve) {
    parts.push('cves @> ?::text[]');
    bindings.push(arrayBinding([filter.cve.toUpperCase()]));
  }
  if (filter.isNew !== undefined) {
    parts.push(`coalesce(new_scan_id IN ${CURRENT_SCANS}, false) = ?::boolean`);
    bindings.push(filter.entityId, filter.isNew);
  }
  if (filter.search) {
    parts.push(
      `concat_ws(E'\\n', title, rule_id, location->>'path', package->>'name',
         array_to_string(cves, ' '), array_to_string(cwes, ' ')) ILIKE ? ESCAPE '!'`,
    );
    bindings.push(`%${filter.search.replace(/[!%_]/g, '!$&')}%`);
  }
  return { sql: parts.join(' AND '), bindings };
}
