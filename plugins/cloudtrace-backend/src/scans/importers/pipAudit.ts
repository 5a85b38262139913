import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { missingField, notOutputOf } from './formatErrors';
import { JsonReader } from './JsonReader';
import { readCves, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { toScan } from './toScan';

/** Imports JSON of `pip-audit --format json`. */
export const pipAuditImporter: ScanImporter = {
  id: 'pip-audit',
  title: 'pip-audit',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    // Versions before 2.5 write only the list.
    const list = root.isArray ? root : root.at('dependencies');
    if (!list.isArray) {
      throw notOutputOf('pip-audit --format json', {
        code: 'scan-not-a-list',
        values: { path: 'dependencies' },
      });
    }
    const dependencies = list.items().map(item => item.object());
    const skipped = dependencies.filter(
      item => item.at('skip_reason').exists || !item.at('vulns').isArray,
    );
    return [
      toScan(
        { tool: 'pip-audit', findings: dependencies.flatMap(readDependency) },
        {
          path: list.path,
          unchecked: {
            what: 'scan-unchecked-dependencies',
            count: skipped.length,
          },
        },
      ),
    ];
  },
};

function readDependency(dependency: JsonReader): NormalizedFinding[] {
  const name = dependency.at('name').text(256);
  if (!name) throw missingField(`${dependency.path}.name`);
  const version = dependency.at('version').text(256);
  return dependency
    .at('vulns')
    .items()
    .map(vulnerability => readVulnerability(vulnerability, { name, version }));
}

function readVulnerability(
  item: JsonReader,
  { name, version }: { name: string; version?: string },
): NormalizedFinding {
  const ruleId = item.at('id').text(256);
  if (!ruleId) throw missingField(`${item.path}.id`);
  const aliases = item.at('aliases').texts(50, 64);
  const fixes = item.at('fix_versions').texts(20, 64);
  const fixedVersion = fixes.join(', ') || undefined;
  return {
    ruleId,
    title: `${ruleId} in ${name}`,
    description: item.at('description').text(8_000),
    remediation: fixedVersion && `Update ${name} to ${fixes.join(' or ')}`,
    // The tool reports none; another tool with the same advisory may.
    severity: 'medium',
    cves: readCves(ruleId, ...aliases),
    cwes: [],
    aliases: readGhsas(ruleId, ...aliases),
    occurrences: [
      { package: { name, version, ecosystem: 'pypi', fixedVersion } },
    ],
    links: readLink(
      /^[\w-]+$/.test(ruleId)
        ? `https://osv.dev/vulnerability/${ruleId}`
        : undefined,
      ruleId,
    ),
  };
}
