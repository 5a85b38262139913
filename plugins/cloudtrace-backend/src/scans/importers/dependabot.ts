import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError, lacksFields } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports the response of GitHub's `repos/{owner}/{repo}/dependabot/alerts`, all pages. */
export const dependabotImporter: ScanImporter = {
  id: 'dependabot',
  title: 'Dependabot',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    const said = root.at('message').text(300);
    if (said) throw formatError('scan-github-rejected', { said });
    // `gh api --paginate --slurp` creates a list of pages.
    const alerts = root
      .items()
      .flatMap(item => (item.isArray ? item.items() : [item]))
      .filter(alert => alert.object().at('state').raw() !== 'fixed');
    if (!root.isArray) {
      throw formatError('scan-no-dependabot-list', {
        path: 'repos/{owner}/{repo}/dependabot/alerts',
      });
    }
    return [
      toScan(
        { tool: 'Dependabot', findings: alerts.map(readAlert) },
        { path: root.path },
      ),
    ];
  },
};

function readAlert(alert: JsonReader): NormalizedFinding {
  const advisory = alert.at('security_advisory');
  const vulnerability = alert.at('security_vulnerability');
  const dependency = alert.at('dependency');
  const named = dependency.at('package').exists ? dependency : vulnerability;
  const name = named.at('package').at('name').text(256);
  const ruleId = advisory.at('ghsa_id').text(64);
  if (!ruleId || !name) {
    throw lacksFields(
      alert,
      'security_advisory.ghsa_id',
      'dependency.package.name',
    );
  }
  const word =
    vulnerability.at('severity').text(32) ?? advisory.at('severity').text(32);
  const fixedVersion = vulnerability
    .at('first_patched_version')
    .at('identifier')
    .text(256);
  const path = readPath(dependency.at('manifest_path').text(1_024));
  const cvss = advisory.at('cvss');
  const score = cvss.at('score').number();
  return {
    ruleId,
    title: titleOf([advisory.at('summary').raw()], ruleId),
    description: advisory.at('description').text(8_000),
    remediation: fixedVersion && `Update ${name} to ${fixedVersion}`,
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    // GitHub writes 0 if an advisory has no score.
    cvssScore: score && score > 0 && score <= 10 ? score : undefined,
    cvssVector: cvss.at('vector_string').text(256),
    cves: readCves(advisory.at('cve_id').raw()),
    cwes: readCwes(
      ...advisory
        .at('cwes')
        .items()
        .map(cwe => cwe.at('cwe_id').raw()),
    ),
    aliases: readGhsas(ruleId),
    occurrences: [
      {
        location: path ? { path } : undefined,
        package: {
          name,
          ecosystem: ecosystemOf(named.at('package').at('ecosystem').text(64)),
          fixedVersion,
        },
      },
    ],
    links: readLink(alert.at('html_url').raw(), ruleId),
    suppression: readDismissal(alert),
  };
}

function readDismissal(alert: JsonReader): NormalizedFinding['suppression'] {
  const state = alert.at('state').raw();
  if (state !== 'dismissed' && state !== 'auto_dismissed') return undefined;
  const why = [
    alert.at('dismissed_reason').text(128),
    alert.at('dismissed_comment').text(280),
  ].filter(Boolean);
  return {
    kind: 'external',
    reason: ['Dismissed in Dependabot', ...why].join(': '),
  };
}
