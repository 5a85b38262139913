import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { upsertQualityGate } from '../../database/qualityGates';
import { sonarqubeImporter } from '../../importers/sonarqube';
import type { ScanImportService } from '../../ScanImportService';
import { SOURCE, targetOf, type SonarqubeProject } from './projectKey';
import type { SonarqubeSnapshot } from './readSnapshot';

/** The tool of gates from SonarQube. */
export const GATE_TOOL = 'SonarQube';

/**
 * Takes what was read of a project for an entity. The gate comes last: that it
 * belongs to an analysis says that the findings of it were taken.
 */
export async function storeSnapshot(
  deps: { knex: Knex; scans: ScanImportService },
  options: {
    project: SonarqubeProject;
    baseUrl: string;
    entityRef: string;
    entityId: number;
    snapshot: SonarqubeSnapshot;
  },
): Promise<void> {
  const { project, snapshot, entityRef, entityId } = options;
  const { instance, projectKey } = project;
  // Memory of its own, so that it can be given to the worker.
  const body = new Uint8Array(Buffer.from(snapshot.document));
  await deps.scans.import({
    entityRef,
    entityId,
    sentBy: `sonarqube:${instance}`,
    source: { name: SOURCE, target: targetOf(project) },
    importer: sonarqubeImporter,
    body,
    gzip: false,
    digest: createHash('sha256').update(body).digest(),
    category: projectKey,
    ref: snapshot.branch,
    commit: snapshot.analysis.commit,
    analysedAt: snapshot.analysis.at,
    cuts: snapshot.cuts,
  });
  await upsertQualityGate(deps.knex, entityId, {
    tool: GATE_TOOL,
    instance,
    project_key: projectKey,
    status: snapshot.gate,
    url: `${options.baseUrl}/dashboard?id=${encodeURIComponent(projectKey)}`,
    measures: snapshot.measures,
    analysed_at: snapshot.analysis.at,
    read_at: new Date(),
  });
}
