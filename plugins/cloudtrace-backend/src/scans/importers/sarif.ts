import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedOccurrence,
  NormalizedScan,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError, notAList } from './formatErrors';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import type { SarifRule } from './readSarifRule';
import { readSarifIncomplete } from './sarifIncomplete';
import { SarifLocations } from './SarifLocations';
import { readSarifMessage } from './sarifMessage';
import { readSarifPackage } from './sarifPackage';
import { SarifRules } from './SarifRules';
import { severityOfScore, severityOfWord } from './severity';

/** Imports SARIF 2.1.0 of any tool. */
export const sarifImporter: ScanImporter = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const version = root.at('version');
    if (version.raw() !== '2.1.0') {
      throw formatError('scan-must-be-not', {
        path: 'version',
        value: '"2.1.0"',
        found: JSON.stringify(version.text(32) ?? null),
      });
    }
    const runs = root.at('runs');
    if (!runs.isArray) throw formatError('scan-not-a-list', { path: 'runs' });
    requireAtMost(sarifLimits.runs, runs.length, 'runs');
    return runs.items().map(run => readRun(run.object()));
  },
};

function readRun(run: JsonReader): NormalizedScan {
  const driver = run.at('tool').at('driver').object();
  const tool = driver.at('name').text(256);
  if (!tool) {
    throw formatError('scan-no-tool-name', { path: `${driver.path}.name` });
  }
  const cuts = new Cuts();
  const context = {
    rules: new SarifRules(run, cuts),
    locations: new SarifLocations(run),
    cuts,
  };
  const results = run.at('results');
  if (results.exists && !results.isArray) {
    throw notAList(results);
  }
  requireAtMost(sarifLimits.results, results.length, results.path);

  const findings = results
    .items()
    .map(result => readResult(result.object(), context))
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
        ? endedAt.getTime() - startedAt.getTime()
        : undefined,
    ...readSarifIncomplete(run, context.locations),
    findings: keepWorst(findings, cuts),
    cuts: cuts.list(),
  };
}

/** Like GitHub, uses the part of the id before the last `/` as the category. */
function categoryOf(id: string | undefined): string | undefined {
  if (!id) return undefined;
  const end = id.lastIndexOf('/');
  return (end < 0 ? id : id.slice(0, end)) || undefined;
}

function readResult(
  result: JsonReader,
  context: { rules: SarifRules; locations: SarifLocations; cuts: Cuts },
): NormalizedFinding | undefined {
  const { rules, cuts } = context;
  // Results of an earlier run that are now gone.
  if (result.at('baselineState').raw() === 'absent') return undefined;
  // Passed checks and similar results are not findings.
  const kind = result.at('kind').raw();
  if (kind !== undefined && !['fail', 'open', 'review'].includes(kind)) {
    return undefined;
  }
  checkSizes(result, cuts);
  const rule = rules.of(result);
  const message = readMessage(result.at('message'), rule);
  const tags = [
    ...(rule?.tags ?? []),
    ...result.at('properties').at('tags').texts(20),
  ];
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
  const title = titleOf([rule?.title, message], ruleId);
  const cves = readCves(ruleId, title, message, ...tags);
  const aliases = readGhsas(ruleId, message);
  return {
    ruleId,
    formerRuleIds: formerIdsOf(ruleId, rule),
    title,
    description: message && message !== title ? message : rule?.description,
    remediation: rule?.help,
    ...severityOf(result, {
      score: score ?? rule?.score,
      rule,
      override: rules.overriddenLevel(result, rule),
    }),
    cves,
    cwes: readCwes(...tags, ...taxa, ...(rule?.taxa ?? [])),
    aliases,
    occurrences: readOccurrences(result, {
      ...context,
      message,
      isVulnerability: cves.length + aliases.length > 0,
    }),
    links: [
      ...readLink(result.at('hostedViewerUri').raw()),
      ...readLink(rule?.helpUri, rule && rule.id),
    ],
    suppression: readSuppression(result),
  };
}

/** The part `CA1000/1` of a rule was `OLD/1` when the rule was `OLD`. */
function formerIdsOf(ruleId: string, rule: SarifRule | undefined): string[] {
  if (!rule) return [];
  const part = ruleId.startsWith(rule.id) ? ruleId.slice(rule.id.length) : '';
  return rule.deprecatedIds.map(id => `${id}${part}`.slice(0, 256));
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

/** Every place of a result; each place of a vulnerability has its package. */
function readOccurrences(
  result: JsonReader,
  options: {
    locations: SarifLocations;
    message: string | undefined;
    isVulnerability: boolean;
  },
): NormalizedOccurrence[] {
  const { locations, message, isVulnerability } = options;
  const fingerprint = readFingerprint(result);
  const places = locations.read(result, sarifLimits.locations.kept);
  const paths = places.flatMap(({ location }) => location?.path ?? []);
  const isSaid = result.at('properties').at('package').isObject;
  const pkg =
    isVulnerability || isSaid
      ? readSarifPackage({ result, message, paths })
      : undefined;
  if (places.length === 0) {
    return fingerprint || pkg ? [{ fingerprint, package: pkg }] : [];
  }
  return places.map(place => ({ ...place, fingerprint, package: pkg }));
}

function readMessage(
  message: JsonReader,
  rule: SarifRule | undefined,
): string | undefined {
  const text = readSarifMessage(message, rule?.messages);
  return text ? new JsonReader(text).text(8_000) : rule?.description;
}

/**
 * The tool's score takes precedence over its level, but not over the level that
 * the run's configuration assigns to the rule.
 */
function severityOf(
  result: JsonReader,
  options: { score?: number; rule?: SarifRule; override?: string },
): { severity: Severity; sourceSeverity?: string; cvssScore?: number } {
  const { score, rule, override } = options;
  const level =
    result.at('level').text(16) ?? override ?? rule?.level ?? 'warning';
  const isScored = score !== undefined && score >= 0 && score <= 10;
  if (isScored && !override) {
    return {
      severity: severityOfScore(score),
      sourceSeverity: String(score),
      cvssScore: score,
    };
  }
  return {
    severity: severityOfWord(level) ?? 'medium',
    sourceSeverity: level,
    ...(isScored && { cvssScore: score }),
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
  // All of them must be accepted; one without a status is.
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
