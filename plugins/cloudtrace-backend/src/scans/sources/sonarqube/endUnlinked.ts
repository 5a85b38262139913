import type { Knex } from 'knex';
import { listSourceEntities } from '../../database/listSourceStreams';
import { keepPulls } from '../../database/listPulls';
import { keepQualityGates } from '../../database/qualityGates';
import type { ScanImportService } from '../../ScanImportService';
import type { LinkedProject, SonarqubeEntities } from './SonarqubeEntities';
import { SOURCE, targetOf } from './projectKey';
import { GATE_TOOL } from './storeSnapshot';

/**
 * Ends what was pulled from an instance for entities that name another project
 * now, or none. What cannot be read of an annotation ends nothing.
 */
export async function endUnlinked(
  deps: {
    knex: Knex;
    scans: ScanImportService;
    entities: SonarqubeEntities;
  },
  instance: string,
  projects: readonly LinkedProject[],
): Promise<void> {
  for (const { entityRef, entityId } of await listSourceEntities(
    deps.knex,
    SOURCE,
  )) {
    const linked = projects.filter(({ entityRefs }) =>
      entityRefs.includes(entityRef),
    );
    if (linked.length === 0 && !(await deps.entities.isUnlinked(entityRef))) {
      continue;
    }
    const kept = linked.map(targetOf);
    const ended = await deps.scans.endPulled({
      entityRef,
      entityId,
      source: SOURCE,
      isGone: target =>
        target.startsWith(`${instance}/`) && !kept.includes(target),
      reason: 'The entity does not name the SonarQube project any more',
    });
    if (ended === 0) continue;
    // Also so that a project that is named again is read again.
    await keepQualityGates(deps.knex, {
      entityId,
      tool: GATE_TOOL,
      instance,
      projectKeys: linked
        .filter(project => project.instance === instance)
        .map(({ projectKey }) => projectKey),
    });
    await keepPulls(deps.knex, { entityId, source: SOURCE, targets: kept });
  }
}
