import type { ScanStore } from '@cloudtrace/plugin-cloudtrace-node';
import { targetOf, type SonarqubeProject } from './projectKey';
import type { SonarqubeSnapshot } from './readSnapshot';

/** The tool name of SonarQube's gates. */
export const GATE_TOOL = 'SonarQube';

/**
 * Stores what was read of a project for an entity. Stores the gate last: a gate
 * of an analysis shows that its findings were stored.
 */
export async function storeSnapshot(
  store: ScanStore,
  options: {
    project: SonarqubeProject;
    baseUrl: string;
    entityRef: string;
    snapshot: SonarqubeSnapshot;
  },
): Promise<void> {
  const { project, snapshot, entityRef } = options;
  const { instance, projectKey } = project;
  const { analysis } = snapshot;
  await store.storeScan({
    entityRef,
    target: targetOf(project),
    format: 'sonarqube',
    document: snapshot.document,
    category: projectKey,
    ref: snapshot.branch,
    commit: analysis.commit,
    analysedAt: analysis.at,
    cuts: snapshot.cuts,
    sentBy: `sonarqube:${instance}`,
  });
  await store.setQualityGate(entityRef, {
    tool: GATE_TOOL,
    instance,
    projectKey,
    status: snapshot.gate,
    url: `${options.baseUrl}/dashboard?id=${encodeURIComponent(projectKey)}`,
    measures: snapshot.measures,
    analysedAt: analysis.at,
  });
}
