import {
  ScanFormatError,
  type ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { JsonReader } from '../../importers/JsonReader';
import {
  Cuts,
  keepWorst,
  requireAtMost,
  sarifLimits,
} from '../../importers/limits';
import type { SnykProject } from './SnykClient';
import { toolOfProject } from './projectTools';
import { readSnykIssue } from './readSnykIssue';

/** Joins a project and the pages of its issues to the document that {@link snykApiImporter} reads. */
export function joinSnykPages(project: SnykProject, pages: string[]): Buffer {
  return Buffer.from(
    `{"project":${JSON.stringify(project)},"pages":[${pages.join(',')}]}`,
  );
}

/**
 * What was pulled from Snyk's REST API; no format for uploads. A project
 * without issues is a scan too: it fixes what the one before had.
 */
export const snykApiImporter: ScanImporter = {
  id: 'snyk-api',
  title: 'Snyk',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    const project = root.at('project').object();
    const type = project.at('type').text(64);
    if (!type) throw new ScanFormatError('project.type is missing');
    const targetFile = project.at('targetFile').text(1_024);
    const issues = root
      .at('pages')
      .items()
      .flatMap(page => page.items());
    requireAtMost(sarifLimits.results, issues.length, 'the Snyk project');
    const cuts = new Cuts();
    return [
      {
        tool: toolOfProject(type),
        findings: keepWorst(
          issues.flatMap(issue => readSnykIssue(issue, { type, targetFile })),
          cuts,
        ),
        cuts: cuts.list(),
      },
    ];
  },
};
