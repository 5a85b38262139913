import type {
  CodedMessage,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { JsonReader } from './JsonReader';

/** A format that users send, recognised by its marks. */
export interface KnownFormat {
  /** Code of its name. */
  name: JudgementCode;
  /** The importer that reads it, if any. */
  importerId?: string;
  /** Other importers that also read it, as output of their own tool. */
  alsoReadBy?: readonly string[];
  /** What to do if no importer reads it. */
  advice?: JudgementCode;
}

type Marks = KnownFormat & {
  /** Whether a document, or the first entry of a list, has the marks. */
  has(document: JsonReader, first: JsonReader): boolean;
};

const operatorKind =
  /^(Cluster)?(Vulnerability|ConfigAudit|RbacAssessment|InfraAssessment|ExposedSecret)Report$/;

/** Envelopes come before their content: the first match names the document. */
const formats: Marks[] = [
  {
    name: 'format-sarif',
    importerId: 'sarif',
    alsoReadBy: ['snyk'],
    has: root => root.at('runs').isArray,
  },
  {
    name: 'format-cyclonedx-vex',
    importerId: 'cyclonedx-vex',
    has: root => root.at('bomFormat').raw() === 'CycloneDX',
  },
  {
    name: 'format-spdx',
    advice: 'scan-sbom-advice',
    has: root => root.at('spdxVersion').exists,
  },
  {
    name: 'format-trivy-k8s',
    importerId: 'trivy-k8s',
    has: root =>
      root.at('ClusterName').exists &&
      ['Resources', 'Findings', 'Vulnerabilities', 'Misconfigurations'].some(
        key => root.at(key).isArray,
      ),
  },
  {
    name: 'format-trivy-operator',
    importerId: 'trivy-operator',
    has: (root, first) =>
      [root, first].some(report =>
        operatorKind.test(report.at('kind').raw() ?? ''),
      ),
  },
  {
    name: 'format-trivy',
    importerId: 'trivy',
    has: root =>
      root.at('SchemaVersion').number() === 2 && root.at('ArtifactName').exists,
  },
  {
    name: 'format-grype',
    importerId: 'grype',
    has: root => root.at('matches').isArray && root.at('descriptor').isObject,
  },
  {
    name: 'format-gitlab',
    importerId: 'gitlab',
    has: root =>
      root.at('scan').at('type').exists && root.at('vulnerabilities').isArray,
  },
  {
    name: 'format-npm-audit',
    importerId: 'npm-audit',
    has: root => root.at('auditReportVersion').exists,
  },
  {
    name: 'format-pnpm-audit',
    importerId: 'pnpm-audit',
    alsoReadBy: ['yarn-audit'],
    has: (root, first) =>
      [root, first].some(
        some => some.at('advisories').isObject && some.at('metadata').isObject,
      ),
  },
  {
    name: 'format-yarn-audit',
    importerId: 'yarn-audit',
    has: (_root, first) =>
      ['auditAdvisory', 'auditSummary'].includes(
        first.at('type').raw() ?? '',
      ) || first.at('children').at('Tree Versions').exists,
  },
  {
    name: 'format-pip-audit',
    importerId: 'pip-audit',
    has: root =>
      root
        .at('dependencies')
        .items()
        .some(item => item.at('vulns').isArray),
  },
  {
    name: 'format-osv-scanner',
    importerId: 'osv-scanner',
    has: root =>
      root
        .at('results')
        .items()
        .some(item => item.at('packages').isArray),
  },
  {
    name: 'format-semgrep',
    importerId: 'semgrep',
    has: root =>
      root.at('results').isArray &&
      root.at('errors').isArray &&
      root.at('paths').isObject,
  },
  {
    name: 'format-prowler-ocsf',
    importerId: 'prowler-ocsf',
    has: (_root, first) => first.at('class_uid').number() === 2004,
  },
  {
    name: 'format-asff',
    importerId: 'asff',
    has: (_root, first) =>
      first.at('ProductArn').exists && first.at('GeneratorId').exists,
  },
  {
    name: 'format-inspector',
    importerId: 'inspector',
    has: (_root, first) => first.at('findingArn').exists,
  },
  {
    name: 'format-dependabot',
    importerId: 'dependabot',
    has: (_root, first) =>
      first.at('security_advisory').exists && first.at('dependency').exists,
  },
  {
    name: 'format-kube-bench',
    importerId: 'kube-bench',
    has: (root, first) =>
      root.at('Controls').isArray ||
      (first.at('node_type').exists && first.at('tests').isArray),
  },
  {
    name: 'format-trufflehog',
    importerId: 'trufflehog',
    has: (_root, first) =>
      first.at('DetectorName').exists && first.at('SourceMetadata').exists,
  },
  {
    name: 'format-sonarqube',
    importerId: 'sonarqube',
    has: root =>
      root.at('paging').exists &&
      (root.at('issues').isArray || root.at('hotspots').isArray),
  },
  {
    name: 'format-snyk',
    importerId: 'snyk',
    has: (root, first) =>
      [root, first].some(
        project =>
          project.at('infrastructureAsCodeIssues').isArray ||
          (project.at('vulnerabilities').isArray &&
            project.at('packageManager').exists),
      ),
  },
];

/** Where formats keep their list of results. */
const lists = ['items', 'Findings', 'findings'];

/** Names the format of a document by its marks; `undefined` if none matches. */
export function nameFormat(document: unknown): KnownFormat | undefined {
  const root = new JsonReader(document);
  // A file of JSON lines is a list, even with a single document.
  const [only] = root.length === 1 ? root.items() : [];
  return findFormat(root) ?? (only && findFormat(only));
}

function findFormat(root: JsonReader): KnownFormat | undefined {
  const list = [root, ...lists.map(key => root.at(key))].find(
    some => some.isArray,
  );
  const [entry = new JsonReader(undefined)] = list?.items() ?? [];
  const [first = entry] = entry.isArray ? entry.items() : [entry];
  return formats.find(format => fits(format, root, first));
}

function fits(format: Marks, root: JsonReader, first: JsonReader): boolean {
  try {
    return format.has(root, first);
  } catch {
    // A value that is not a list cannot have this format's marks.
    return false;
  }
}

/**
 * Returns the document's actual format and what to do; `undefined` if the
 * importer reads it, or belongs to a module and may read anything.
 */
export function hintAtOtherFormat(
  document: unknown,
  importerId: string,
): CodedMessage | undefined {
  if (!formats.some(format => format.importerId === importerId)) {
    return undefined;
  }
  const format = nameFormat(document);
  if (!format) return undefined;
  const readers = [format.importerId, ...(format.alsoReadBy ?? [])];
  if (readers.includes(importerId)) return undefined;
  const name: CodedMessage = { code: format.name, values: {} };
  return format.importerId
    ? {
        code: 'scan-other-format',
        values: { format: name, path: `/scans/${format.importerId}` },
      }
    : {
        code: 'scan-other-document',
        values: { format: name, advice: { code: format.advice!, values: {} } },
      };
}
