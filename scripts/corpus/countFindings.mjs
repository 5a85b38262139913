/*
 * Counts the findings of a scan file without CloudTrace's own code, as an
 * independent check. Returns `undefined` for a file that is not in the format.
 */

const list = value => (Array.isArray(value) ? value : []);
const distinct = (items, keyOf) =>
  new Set(items.map(item => JSON.stringify(keyOf(item)))).size;

/** A tool may number equal places (`9d7b…:2`); the number is not part of their identity. */
const withoutNumber = fingerprints =>
  Object.values(fingerprints ?? {}).map(value =>
    String(value).replace(/[:_]\d{1,6}$/, ''),
  );

/**
 * What distinguishes the file of a result: its path without a leading `/`, the
 * base if the run defines it, and the archives that contain the file.
 */
function fileOf(run, { uri, uriBaseId, index } = {}) {
  const parents = [];
  let { parentIndex } = list(run.artifacts)[index] ?? {};
  while (parentIndex !== undefined && !parents.includes(parentIndex)) {
    parents.push(parentIndex);
    parentIndex = list(run.artifacts)[parentIndex]?.parentIndex;
  }
  const base = run.originalUriBaseIds?.[uriBaseId]?.uri && uriBaseId;
  // Some runs name the file only in the list of artifacts.
  return [uri?.replace(/^\//, '') ?? index, base, parents];
}

/**
 * Results with equal rule, file, fingerprints, source and message count once,
 * regardless of their lines.
 */
function countSarif(document) {
  const runs = list(document.runs);
  const results = runs.flatMap((run, i) =>
    list(run?.results).map(result => ({
      ...result,
      run,
      tool: toolOf(run, i),
    })),
  );
  return distinct(
    results.filter(
      ({ baselineState, kind }) =>
        baselineState !== 'absent' &&
        [undefined, 'fail', 'open', 'review'].includes(kind),
    ),
    result => [
      result.tool,
      result.ruleId ?? result.rule ?? result.ruleIndex,
      result.message,
      withoutNumber(result.fingerprints),
      withoutNumber(result.partialFingerprints),
      list(result.locations).map(({ physicalLocation: place }) => [
        fileOf(result.run, place?.artifactLocation),
        (place?.region?.snippet ?? place?.contextRegion?.snippet)?.text
          ?.replace(/\s+/g, ' ')
          .trim(),
      ]),
    ],
  );
}

const toolOf = (run, i) => run?.tool?.driver?.name ?? i;

function countTrivy(document) {
  const results = list(document.Results);
  const vulnerabilities = results.flatMap(({ Type, Vulnerabilities }) =>
    list(Vulnerabilities).map(item => ({ ...item, Type })),
  );
  const others = results.flatMap(({ Misconfigurations, Secrets }) => [
    ...list(Misconfigurations).filter(
      ({ Status = 'FAIL' }) => Status === 'FAIL',
    ),
    ...list(Secrets),
  ]);
  return (
    others.length +
    distinct(vulnerabilities, item => [
      item.VulnerabilityID,
      item.PkgName,
      item.Type,
    ])
  );
}

function countSnyk(document) {
  if (document.runs) return countSarif(document);
  const projects = Array.isArray(document) ? document : [document];
  const vulnerabilities = projects
    .flatMap(project => [project, ...list(project.applications)])
    .flatMap(part => list(part.vulnerabilities));
  const issues = projects.flatMap(project =>
    list(project.infrastructureAsCodeIssues),
  );
  return (
    issues.length +
    distinct(vulnerabilities, item => [item.id, item.packageName ?? item.name])
  );
}

function countNpmAudit(document) {
  const advisories = Object.values(document.vulnerabilities ?? {})
    .flatMap(({ via }) => list(via))
    .filter(via => typeof via === 'object');
  return distinct(advisories, ({ url, source, name }) => [url ?? source, name]);
}

function countCyclonedx(document) {
  const affected = list(document.vulnerabilities)
    .filter(
      ({ analysis }) =>
        !['resolved', 'resolved_with_pedigree'].includes(analysis?.state),
    )
    .flatMap(({ id, affects }) => {
      const refs = list(affects).map(({ ref }) => ref);
      return (refs.length > 0 ? refs : [undefined]).map(ref => [id, ref]);
    });
  return distinct(affected, pair => pair);
}

function countSonarqube(document) {
  const issues = list(document.issues).filter(
    ({ issueStatus, status, resolution }) =>
      !['FIXED', 'CLOSED', 'IN_SANDBOX'].includes(issueStatus ?? status) &&
      !['FIXED', 'REMOVED'].includes(resolution),
  );
  const hotspots = list(document.hotspots).filter(
    ({ resolution }) => resolution !== 'FIXED',
  );
  return issues.length + hotspots.length;
}

const counters = {
  sarif: countSarif,
  trivy: countTrivy,
  snyk: countSnyk,
  'npm-audit': countNpmAudit,
  'cyclonedx-vex': countCyclonedx,
  sonarqube: countSonarqube,
};

/** How many findings a file has by a plain count; `undefined` if unknown. */
export function countFindings(format, text) {
  try {
    return counters[format]?.(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}
