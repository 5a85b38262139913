import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { missingField } from './formatErrors';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { toolOfProject } from './snykProjects';
import { readSnykIssue } from './readSnykIssue';

/**
 * Data pulled from Snyk's REST API: `{ project, pages }`, each page a list of
 * issues. A project without issues is also a scan: it fixes the issues of the
 * previous one.
 */
export const snykApiImporter: ScanImporter = {
  id: 'snyk-api',
  title: 'Snyk',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    const project = root.at('project').object();
    const type = project.at('type').text(64);
    if (!type) throw missingField('project.type');
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
