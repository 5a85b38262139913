import type { FindingPackage } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError, missingField } from './formatErrors';
import { missingList } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { titleOf } from './plainText';
import { readCves, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPurl } from './readPurl';
import { severityOfScore, severityOfWord } from './severity';

/** Analysis states of resolved vulnerabilities. */
const gone = ['resolved', 'resolved_with_pedigree'];
/** Analysis states of vulnerabilities that do not affect the product. */
const harmless = ['not_affected', 'false_positive'];

/**
 * Imports CycloneDX JSON with `vulnerabilities`. Exploitable and unassessed
 * vulnerabilities become findings; those that do not affect the product
 * suppress the same vulnerability of other tools; resolved ones are skipped.
 */
export const cyclonedxVexImporter: ScanImporter = {
  id: 'cyclonedx-vex',
  title: 'CycloneDX VEX',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    if (root.at('bomFormat').raw() !== 'CycloneDX') {
      throw formatError('scan-must-be', {
        path: 'bomFormat',
        value: '"CycloneDX"',
      });
    }
    const list = root.at('vulnerabilities');
    const vulnerabilities = list.items();
    requireAtMost(
      sarifLimits.results,
      vulnerabilities.length,
      'vulnerabilities',
    );
    const packages = readComponents(root);
    const findings = vulnerabilities.flatMap(item =>
      readVulnerability(item.object(), packages),
    );
    requireAtMost(sarifLimits.results, findings.length, 'vulnerabilities');
    const cuts = new Cuts();
    const metadata = root.at('metadata');
    return [
      {
        tool: 'CycloneDX VEX',
        category: metadata.at('component').at('name').text(256),
        analysedAt: metadata.at('timestamp').date(),
        incomplete: missingList(list),
        findings: keepWorst(findings, cuts),
        cuts: cuts.list(),
      },
    ];
  },
};

function readComponents(root: JsonReader): Map<string, FindingPackage> {
  const packages = new Map<string, FindingPackage>();
  const open = [
    ...root.at('components').items(),
    root.at('metadata').at('component'),
  ];
  for (let component = open.pop(); component; component = open.pop()) {
    open.push(...component.at('components').items());
    const ref = component.at('bom-ref').text(512);
    const name = component.at('name').text(256);
    if (!ref || !name) continue;
    packages.set(
      ref,
      readPurl(component.at('purl').text(1_024)) ?? {
        name,
        version: component.at('version').text(256),
      },
    );
  }
  return packages;
}

function readVulnerability(
  item: JsonReader,
  packages: Map<string, FindingPackage>,
): NormalizedFinding[] {
  const ruleId = item.at('id').text(256);
  if (!ruleId) throw missingField(`${item.path}.id`);
  const analysis = item.at('analysis');
  const state = analysis.at('state').raw() ?? '';
  if (gone.includes(state)) return [];
  const [rating] = item
    .at('ratings')
    .items()
    .sort(
      (a, b) => (b.at('score').number() ?? -1) - (a.at('score').number() ?? -1),
    );
  const score = rating?.at('score').number();
  const word = rating?.at('severity').text(32);
  const references = item
    .at('references')
    .items()
    .map(reference => reference.at('id').text(64));
  const why = [
    analysis.at('justification').text(128)?.replaceAll('_', ' '),
    analysis.at('detail').text(1_500),
  ].filter(Boolean);
  const common = {
    ruleId,
    title: titleOf([item.at('description').raw()], ruleId),
    description:
      item.at('detail').text(8_000) ?? item.at('description').text(8_000),
    remediation: item.at('recommendation').text(4_000),
    severity:
      severityOfWord(word) ??
      (score === undefined ? ('medium' as const) : severityOfScore(score)),
    sourceSeverity: word,
    cvssScore:
      score !== undefined && score >= 0 && score <= 10 ? score : undefined,
    cvssVector: rating?.at('vector').text(256),
    cves: readCves(ruleId, ...references),
    cwes: item
      .at('cwes')
      .items()
      .map(cwe => cwe.number())
      .filter(number => number !== undefined && Number.isInteger(number))
      .slice(0, 50)
      .map(number => `CWE-${number}`),
    aliases: readGhsas(ruleId, ...references),
    occurrences: [],
    links: readLink(item.at('source').at('url').raw(), ruleId),
    suppression: harmless.includes(state)
      ? {
          kind: 'vex' as const,
          reason: why.join(': ') || state.replaceAll('_', ' '),
        }
      : undefined,
  };
  const affected = item
    .at('affects')
    .items()
    .map(affect => packageOf(affect.at('ref').text(1_024), packages))
    .filter((found): found is FindingPackage => found !== undefined);
  if (affected.length === 0) return [common];
  return affected.map(found => ({
    ...common,
    occurrences: [{ package: found }],
  }));
}

/** A reference is a component id, a BOM link that ends in one, or a purl. */
function packageOf(
  ref: string | undefined,
  packages: Map<string, FindingPackage>,
): FindingPackage | undefined {
  if (!ref) return undefined;
  const id = ref.startsWith('urn:cdx:') ? ref.slice(ref.indexOf('#') + 1) : ref;
  return packages.get(id) ?? readPurl(id) ?? { name: id.slice(0, 256) };
}
