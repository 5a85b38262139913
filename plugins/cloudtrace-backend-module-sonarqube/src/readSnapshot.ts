import type {
  QualityGate,
  ScanCut,
} from '@cloudtrace/plugin-cloudtrace-common';
import { SourceError } from '@cloudtrace/plugin-cloudtrace-node';
import type { SearchResult, SonarqubeAnalysis } from './SonarqubeClient';
import { SEARCH_LIMIT, type SonarqubeClient } from './SonarqubeClient';

/** A project's main branch after one analysis. */
export interface SonarqubeSnapshot {
  analysis: SonarqubeAnalysis;
  branch: string | undefined;
  /** The document for the importer `sonarqube`. */
  document: { issues: object[]; hotspots: object[] };
  /** What SonarQube did not return, by the tool's name. */
  cuts: Record<string, ScanCut[]>;
  gate: QualityGate['status'];
  measures: QualityGate['measures'];
}

/**
 * Reads all of a project, or nothing.
 *
 * @throws SourceError
 */
export async function readSnapshot(
  client: SonarqubeClient,
  projectKey: string,
  analysis: SonarqubeAnalysis,
): Promise<SonarqubeSnapshot> {
  const branch = await client.readMainBranch(projectKey);
  const issues = await client.readIssues(projectKey);
  const hotspots = await client.readHotspots(projectKey);
  const gate = await client.readGate(projectKey);
  const measures = await client.readMeasures(projectKey);
  // Pages of two analyses must not be mixed.
  const after = await client.readAnalysis(projectKey);
  if (after?.at.getTime() !== analysis.at.getTime()) {
    throw new SourceError({
      code: 'sonarqube-analysed-meanwhile',
      values: {},
    });
  }
  return {
    analysis,
    branch,
    document: { issues: issues.items, hotspots: hotspots.items },
    cuts: {
      SonarQube: cutsOf(issues),
      'SonarQube Hotspots': cutsOf(hotspots),
    },
    gate: gateStatuses.get(gate) ?? 'unknown',
    measures: measureNames.flatMap(([metric, name, unit]) => {
      const value = measures.get(metric);
      return value === undefined ? [] : [toMeasure(name, value, unit)];
    }),
  };
}

/** The displayed name of the limit; CloudTrace treats it as one that leaves findings out. */
const SEARCH_LIMIT_NAME = "results of SonarQube's search";

const gateStatuses = new Map<string, QualityGate['status']>([
  ['OK', 'passed'],
  ['ERROR', 'failed'],
]);

const measureNames = [
  ['security_rating', 'Security', 'rating'],
  ['security_review_rating', 'Security Review', 'rating'],
  ['reliability_rating', 'Reliability', 'rating'],
  ['sqale_rating', 'Maintainability', 'rating'],
  ['coverage', 'Coverage', '%'],
  ['duplicated_lines_density', 'Duplications', '%'],
] as const;

const letters = ['A', 'B', 'C', 'D', 'E'] as const;

function toMeasure(
  name: string,
  value: string,
  unit: 'rating' | '%',
): QualityGate['measures'][number] {
  if (unit === '%') return { name, value: `${value} %` };
  const rating = letters[Number(value) - 1];
  return rating ? { name, value, rating } : { name, value };
}

function cutsOf({ items, total }: SearchResult): ScanCut[] {
  return total > items.length
    ? [{ limit: SEARCH_LIMIT_NAME, total, kept: SEARCH_LIMIT }]
    : [];
}
