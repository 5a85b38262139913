import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { missingField, notOutputOf } from './formatErrors';
import { ecosystemOfInspector } from './ecosystemOfInspector';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { requireLastPage } from './requireLastPage';
import { readPosition } from './SarifLocations';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports JSON of `aws inspector2 list-findings`. */
export const inspectorImporter: ScanImporter = {
  id: 'inspector',
  title: 'Amazon Inspector',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    requireLastPage(root);
    const list = root.at('findings');
    if (!list.isArray) {
      throw notOutputOf('aws inspector2 list-findings', {
        code: 'scan-not-a-list',
        values: { path: 'findings' },
      });
    }
    const findings = list
      .items()
      .filter(item => item.object().at('status').raw() !== 'CLOSED')
      .flatMap(readFinding);
    return [
      toScan({ tool: 'Amazon Inspector', findings }, { path: list.path }),
    ];
  },
};

function readFinding(item: JsonReader): NormalizedFinding[] {
  if (item.at('packageVulnerabilityDetails').isObject) {
    return readVulnerability(item);
  }
  if (item.at('codeVulnerabilityDetails').isObject) return [readCode(item)];
  return [readReachability(item)];
}

function readCommon(item: JsonReader, ruleId: string) {
  const word = item.at('severity').text(32);
  const score = item.at('inspectorScore').number();
  const advice = item.at('remediation').at('recommendation');
  return {
    ruleId,
    title: titleOf([item.at('title').raw()], ruleId),
    description: item.at('description').text(8_000),
    remediation: advice.at('text').text(4_000),
    severity: severityOfWord(word) ?? ('medium' as const),
    sourceSeverity: word,
    cvssScore:
      score !== undefined && score > 0 && score <= 10 ? score : undefined,
    cves: [],
    cwes: [],
    links: readLink(advice.at('Url').raw(), ruleId),
    suppression:
      item.at('status').raw() === 'SUPPRESSED'
        ? {
            kind: 'external' as const,
            reason: 'Suppressed in Amazon Inspector',
          }
        : undefined,
  };
}

function readVulnerability(item: JsonReader): NormalizedFinding[] {
  const details = item.at('packageVulnerabilityDetails');
  const id = details.at('vulnerabilityId').text(256);
  if (!id) {
    throw missingField(`${details.path}.vulnerabilityId`);
  }
  const targets = targetsOf(item);
  const adjusted = item.at('inspectorScoreDetails').at('adjustedCvss');
  const vulnerability = {
    ...readCommon(item, id),
    cvssVector: adjusted.at('scoringVector').text(256),
    cves: readCves(id),
    aliases: readGhsas(
      id,
      ...details.at('relatedVulnerabilities').texts(50, 64),
    ),
    links: readLink(details.at('sourceUrl').raw(), id),
  };
  const packages = details.at('vulnerablePackages').items();
  // A vulnerability without a package is one of the resource itself.
  if (packages.length === 0) {
    return [{ ...vulnerability, occurrences: targets.map(atTarget) }];
  }
  return packages.map(entry => {
    const { path, ...pkg } = readPackage(entry, platformOf(item));
    return {
      ...vulnerability,
      occurrences: (targets.length > 0 ? targets : [undefined]).map(target => ({
        target,
        location: path ? { path } : undefined,
        package: pkg,
      })),
    };
  });
}

/** An occurrence at a resource as a whole. */
function atTarget(target: string) {
  return { target, fingerprint: target };
}

function readPackage(pkg: JsonReader, platform: string | undefined) {
  const name = pkg.at('name').text(256);
  if (!name) throw missingField(`${pkg.path}.name`);
  const fixed = pkg.at('fixedInVersion').text(256);
  return {
    path: readPath(pkg.at('filePath').text(1_024)),
    name,
    version: pkg.at('version').text(256),
    ecosystem: ecosystemOfInspector(
      pkg.at('packageManager').text(64),
      platform,
    ),
    fixedVersion: fixed === 'NotAvailable' ? undefined : fixed,
  };
}

function readCode(item: JsonReader): NormalizedFinding {
  const details = item.at('codeVulnerabilityDetails');
  const rule = details.at('detectorId').text(256) ?? 'code-vulnerability';
  const file = details.at('filePath');
  const path = readPath(file.at('filePath').text(1_024));
  const [target] = targetsOf(item);
  return {
    ...readCommon(item, rule),
    cwes: readCwes(...details.at('cwes').texts(20, 32)),
    occurrences: [
      {
        target,
        location: path
          ? {
              path,
              startLine: readPosition(file.at('startLine')),
              endLine: readPosition(file.at('endLine')),
            }
          : undefined,
      },
    ],
  };
}

function readReachability(item: JsonReader): NormalizedFinding {
  const type = item.at('type').text(64);
  if (!type) throw missingField(`${item.path}.type`);
  const details = item.at('networkReachabilityDetails');
  const range = details.at('openPortRange');
  const ports = [range.at('begin').number(), range.at('end').number()];
  const protocol = details.at('protocol').text(16) ?? '';
  return {
    ...readCommon(item, type),
    occurrences: targetsOf(item).map(target => ({
      target,
      fingerprint: JSON.stringify([target, protocol, ...ports]),
    })),
  };
}

function targetsOf(item: JsonReader): string[] {
  return item
    .at('resources')
    .items()
    .map(resource => resource.at('id').text(512))
    .filter((id): id is string => id !== undefined);
}

function platformOf(item: JsonReader): string | undefined {
  const [resource] = item.at('resources').items();
  const details = resource?.at('details');
  return (
    details?.at('awsEcrContainerImage').at('platform').text(64) ??
    details?.at('awsEc2Instance').at('platform').text(64)
  );
}
