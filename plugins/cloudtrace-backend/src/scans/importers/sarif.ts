import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import {
  ScanFormatError,
  type NormalizedFinding,
  type NormalizedScan,
  type ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readSarifIncomplete } from './sarifIncomplete';
import { readSarifLocation, readSarifRoots } from './sarifLocation';
import { readSarifRules, type SarifRule, type SarifRules } from './sarifRules';
import { severityOfScore, severityOfWord } from './severity';

/** SARIF 2.1.0 of any tool. */
export const sarifImporter: ScanImporter = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const version = root.at('version');
    if (version.raw() !== '2.1.0') {
      throw new ScanFormatError(
        `version must be "2.1.0", not ${JSON.stringify(
          version.text(32) ?? null,
        )}`,
      );
    }
    const runs = root.at('runs');
    if (!runs.isArray) throw new ScanFormatError('runs must be a list');
    requireAtMost(sarifLimits.runs, runs.length, 'runs');
    return runs.items().map(run => readRun(run.object()));
  },
};

function readRun(run: JsonReader): NormalizedScan {
  const driver = run.at('tool').at('driver').object();
  const tool = driver.at('name').text(256);
  if (!tool) {
    throw new ScanFormatError(`${driver.path}.name must be the tool's name`);
  }
  const cuts = new Cuts();
  const rules = readSarifRules(run, cuts);
  const roots = readSarifRoots(run);
  const results = run.at('results');
  if (results.exists && !results.isArray) {
    throw new ScanFormatError(`${results.path} must be a list`);
  }
  requireAtMost(sarifLimits.results, results.length, results.path);

  const findings = results
    .items()
    .map(result => readResult(result.object(), rules, roots, cuts))
    .filter((finding): finding is NormalizedFinding => finding !== undefined);
  const [invocation] = run.at('invocations').items();
  const startedAt = invocation?.at('startTimeUtc').date();
  const endedAt = invocation?.at('endTimeUtc').date();
  const [origin] = run.at('versionControlProvenance').items();
  return {
    tool,
    toolVersion:
      driver.at('semanticVersion').text(64) ?? driver.at('version').text(64),
    category: categoryOf(run.at('automationDetails').at('id').text(256)),
    commit: origin?.at('revisionId').text(64),
    analysedAt: endedAt ?? startedAt,
    durationMs:
      startedAt && endedAt && endedAt >= startedAt
        ? +endedAt - +startedAt
        : undefined,
    incomplete: readSarifIncomplete(run),
    findings: keepWorst(findings, cuts),
    cuts: cuts.list(),
  };
}

/** GitHub's reading of the id: what stands before the last `/` is the category. */
function categoryOf(id: string | undefined): string | undefined {
  if (!id) return undefined;
  const end = id.lastIndexOf('/');
  return (end < 0 ? id : id.slice(0, end)) || undefined;
}

function readResult(
  result: JsonReader,
  rules: SarifRules,
  roots: readonly string[],
  cuts: Cuts,
): NormalizedFinding | undefined {
  // Results of an earlier run that are gone now.
  if (result.at('baselineState').raw() === 'absent') return undefined;
  // Passed checks and the like are not findings.
  const kind = result.at('kind').raw();
  if (kind !== undefined && !['fail', 'open', 'review'].includes(kind)) {
    return undefined;
  }
  checkSizes(result, cuts);
  const rule = rules.of(result);
  const message = readMessage(result.at('message'), rule);
  const tags = rule?.tags ?? [];
  const taxa = result
    .at('taxa')
    .items()
    .map(taxon =>
      [
        taxon.at('toolComponent').at('name').text(64),
        taxon.at('id').text(64),
      ].join('-'),
    );
  const ruleId =
    result.at('ruleId').text(256) ??
    result.at('rule').at('id').text(256) ??
    rule?.id ??
    'unknown';
  const score = result.at('properties').at('security-severity').numeric();
  const [location] = result.at('locations').items();
  const place = location && readSarifLocation(location, roots);
  const title = titleOf([rule?.title, message], ruleId);
  return {
    ruleId,
    title,
    description: message && message !== title ? message : rule?.description,
    remediation: rule?.help,
    ...severityOf(result, rule, score),
    cves: readCves(ruleId, title, message, ...tags),
    cwes: readCwes(...tags, ...taxa, ...(rule?.taxa ?? [])),
    aliases: readGhsas(ruleId, message),
    occurrences: [{ ...place, fingerprint: readFingerprint(result) }],
    links: [
      ...readLink(result.at('hostedViewerUri').raw()),
      ...readLink(rule?.helpUri, rule && rule.id),
    ],
    suppression: readSuppression(result),
  };
}

function checkSizes(result: JsonReader, cuts: Cuts): void {
  const { locations, threadFlowLocations } = sarifLimits;
  const count = result.at('locations').length;
  requireAtMost(locations, count, result.path);
  cuts.note(locations, count);
  let flow = 0;
  for (const codeFlow of result.at('codeFlows').items()) {
    for (const thread of codeFlow.at('threadFlows').items()) {
      flow += thread.at('locations').length;
    }
  }
  requireAtMost(threadFlowLocations, flow, result.path);
  cuts.note(threadFlowLocations, flow);
}

function readMessage(
  message: JsonReader,
  rule: SarifRule | undefined,
): string | undefined {
  const own = message.at('text').raw() ?? message.at('markdown').raw();
  const template = own ?? rule?.messages.get(message.at('id').raw() ?? '');
  if (!template) return rule?.description;
  const values = message.at('arguments').texts(20, 1_024);
  const filled = template
    .slice(0, 16_384)
    .replace(/\{(\d{1,2})\}/g, (place, i) => values[Number(i)] ?? place);
  return new JsonReader(filled).text(8_000);
}

function severityOf(
  result: JsonReader,
  rule: SarifRule | undefined,
  ownScore: number | undefined,
): { severity: Severity; sourceSeverity?: string; cvssScore?: number } {
  const score = ownScore ?? rule?.score;
  const level = result.at('level').text(16) ?? rule?.level ?? 'warning';
  if (score !== undefined && score >= 0 && score <= 10) {
    return {
      severity: severityOfScore(score),
      sourceSeverity: String(score),
      cvssScore: score,
    };
  }
  return {
    severity: severityOfWord(level) ?? 'medium',
    sourceSeverity: level,
  };
}

function readFingerprint(result: JsonReader): string | undefined {
  const stable = entriesOf(result.at('fingerprints'));
  if (stable) return stable;
  const partial = result.at('partialFingerprints');
  return partial.at('primaryLocationLineHash').text(256) ?? entriesOf(partial);
}

function entriesOf(values: JsonReader): string | undefined {
  const parts = values
    .entries()
    .slice(0, 20)
    .map(([key, value]) => [key, value.text(512)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return parts.length > 0 ? parts.join('\n') : undefined;
}

function readSuppression(result: JsonReader): NormalizedFinding['suppression'] {
  // All of them have to be accepted; one without a status is.
  const suppressions = result.at('suppressions').items();
  const accepted = suppressions.every(
    item => (item.at('status').raw() ?? 'accepted') === 'accepted',
  );
  if (suppressions.length === 0 || !accepted) return undefined;
  const [first] = suppressions;
  return {
    kind: first.at('kind').raw() === 'external' ? 'external' : 'in-source',
    reason: first.at('justification').text(2_000) ?? 'Suppressed in the source',
  };
}
