import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import { missingField } from './formatErrors';
import type { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { severityOfWord } from './severity';

/** Reads findings from `advisories` of npm 6, pnpm and Yarn 2 and 3. */
export function readAdvisories(advisories: JsonReader): NormalizedFinding[] {
  return advisories
    .object()
    .entries()
    .map(([, advisory]) => readRegistryAdvisory(advisory));
}

/** Reads an advisory of the registry's audit API, which several package managers pass on. */
export function readRegistryAdvisory(advisory: JsonReader): NormalizedFinding {
  const name = advisory.object().at('module_name').text(256);
  if (!name) {
    throw missingField(`${advisory.path}.module_name`);
  }
  const url = advisory.at('url').raw();
  const [ghsa] = readGhsas(advisory.at('github_advisory_id').raw(), url);
  const ruleId = ghsa ?? `npm-${advisory.at('id').number() ?? 'unknown'}`;
  const word = advisory.at('severity').text(32);
  const cvss = advisory.at('cvss');
  const score = cvss.at('score').number();
  const patched = advisory.at('patched_versions').text(256);
  // A missing fix is written as an empty range.
  const fixedVersion =
    patched === '<0.0.0' ? undefined : patched?.replace(/^>=\s*(?=\S+$)/, '');
  const versions = new Set(
    advisory
      .at('findings')
      .items()
      .map(found => found.at('version').text(256)),
  );
  return {
    ruleId,
    title: titleOf([advisory.at('title').raw()], ruleId),
    description: advisory.at('overview').text(8_000),
    remediation: advisory.at('recommendation').text(2_000),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    // The registry writes 0 if an advisory has no score.
    cvssScore: score && score > 0 && score <= 10 ? score : undefined,
    cvssVector: cvss.at('vectorString').text(256),
    cves: readCves(...advisory.at('cves').texts(50, 64)),
    cwes: readCwes(
      advisory.at('cwe').raw(),
      ...advisory.at('cwe').texts(20, 32),
    ),
    aliases: ghsa ? [ghsa] : [],
    occurrences: [...(versions.size > 0 ? versions : [undefined])].map(
      version => ({
        package: { name, version, ecosystem: 'npm', fixedVersion },
      }),
    ),
    links: readLink(url, ruleId),
  };
}
