import type { ScanStore } from '@cloudtrace/plugin-cloudtrace-node';
import { targetOf, type SonarqubeProject } from './projectKey';
import type { SonarqubeSnapshot } from './readSnapshot';

/** The tool of gates from SonarQube. */
export const GATE_TOOL = 'SonarQube';

/**
 * Stores what was read of a project for an entity. The gate comes last: that it
 * belongs to an analysis says that the findings of it were stored.
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
