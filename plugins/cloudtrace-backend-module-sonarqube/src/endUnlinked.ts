import type { ScanStore } from '@cloudtrace/plugin-cloudtrace-node';
import type { LinkedProject, SonarqubeEntities } from './SonarqubeEntities';
import { targetOf } from './projectKey';
import { GATE_TOOL } from './storeSnapshot';

/**
 * Ends what was pulled from an instance for entities that now name another
 * project, or none. An unreadable annotation ends nothing.
 */
export async function endUnlinked(
  { store, entities }: { store: ScanStore; entities: SonarqubeEntities },
  instance: string,
  projects: readonly LinkedProject[],
): Promise<void> {
  for (const entityRef of await store.listEntities()) {
    const linked = projects.filter(({ entityRefs }) =>
      entityRefs.includes(entityRef),
    );
    if (linked.length === 0 && !(await entities.isUnlinked(entityRef))) {
      continue;
    }
    const kept = linked.map(targetOf);
    const ended = await store.endTargets({
      entityRef,
      isGone: target =>
        target.startsWith(`${instance}/`) && !kept.includes(target),
      reason: 'The entity no longer names the SonarQube project',
    });
    if (ended === 0) continue;
    // Also lets a project be read again when an entity names it again.
    await store.keepQualityGates(entityRef, {
      tool: GATE_TOOL,
      instance,
      projectKeys: linked
        .filter(project => project.instance === instance)
        .map(({ projectKey }) => projectKey),
    });
  }
}
