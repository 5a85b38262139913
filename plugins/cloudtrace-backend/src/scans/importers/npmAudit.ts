import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { failedTool, formatError, missingField } from './formatErrors';
import { fewerThanSaid } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports JSON of `npm audit --json` (npm 7 and later). */
export const npmAuditImporter: ScanImporter = {
  id: 'npm-audit',
  title: 'npm audit',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    if (root.at('auditReportVersion').number() !== 2) {
      const said = root.at('message').text(300);
      throw said
        ? failedTool('npm audit', said)
        : formatError('scan-npm-version', { path: 'auditReportVersion' });
    }
    const vulnerabilities = root.at('vulnerabilities');
    if (!vulnerabilities.isObject) {
      throw formatError('scan-not-an-object', {
        path: 'vulnerabilities',
      });
    }
    // A package affected only through another one names that package; the
    // advisory is listed with the package it is about.
    const findings = vulnerabilities.entries().flatMap(([, entry]) =>
      entry
        .at('via')
        .items()
        .filter(via => via.isObject)
        .map(via => readAdvisory(via, entry)),
    );
    return [
      toScan(
        { tool: 'npm audit', findings },
        {
          path: vulnerabilities.path,
          incomplete: fewerThanSaid({
            list: vulnerabilities,
            count: vulnerabilities.entries().length,
            said: root.at('metadata').at('vulnerabilities').at('total'),
          }),
        },
      ),
    ];
  },
};

function readAdvisory(via: JsonReader, entry: JsonReader): NormalizedFinding {
  const name = via.at('name').text(256) ?? entry.at('name').text(256);
  if (!name) throw missingField(`${via.path}.name`);
  const url = via.at('url').raw();
  const [ghsa] = readGhsas(url);
  const source = via.at('source').number();
  const ruleId = ghsa ?? (source === undefined ? 'unknown' : `npm-${source}`);
  const word = via.at('severity').text(32);
  const score = via.at('cvss').at('score').number();
  const range = via.at('range').text(256);
  const title = titleOf([via.at('title').raw()], ruleId);
  const fix = entry.at('fixAvailable');
  return {
    ruleId,
    title,
    description: range && `Affected versions of ${name}: ${range}`,
    remediation: describeFix(fix),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    // npm writes 0 if an advisory has no score.
    cvssScore: score && score > 0 && score <= 10 ? score : undefined,
    cvssVector: via.at('cvss').at('vectorString').text(256),
    cves: readCves(title),
    cwes: readCwes(...via.at('cwe').texts(20, 32)),
    aliases: ghsa ? [ghsa] : [],
    occurrences: [{ package: { name, ecosystem: 'npm' } }],
    links: readLink(url, ruleId),
  };
}

function describeFix(fix: JsonReader): string | undefined {
  if (fix.boolean() === true) return 'Run npm audit fix';
  if (fix.boolean() === false) return 'No fix is available yet';
  const name = fix.at('name').text(256);
  const version = fix.at('version').text(64);
  if (!name || !version) return undefined;
  return fix.at('isSemVerMajor').boolean()
    ? `Update ${name} to ${version}, which is a breaking change`
    : `Update ${name} to ${version}`;
}
