/*
 * Counts what a scan file holds, with nothing of CloudTrace's own reading: the
 * two have to agree. What is not of the format counts as `undefined`.
 */

const list = value => (Array.isArray(value) ? value : []);
const distinct = (items, keyOf) =>
  new Set(items.map(item => JSON.stringify(keyOf(item)))).size;

function countSarif(document) {
  const results = list(document.runs).flatMap(run => list(run?.results));
  return results.filter(
    ({ baselineState, kind }) =>
      baselineState !== 'absent' &&
      [undefined, 'fail', 'open', 'review'].includes(kind),
  ).length;
}

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
  return projects.reduce((sum, project) => {
    const vulnerabilities = [project, ...list(project.applications)].flatMap(
      part => list(part.vulnerabilities),
    );
    return (
      sum +
      list(project.infrastructureAsCodeIssues).length +
      distinct(vulnerabilities, item => [
        item.id,
        item.packageName ?? item.name,
      ])
    );
  }, 0);
}

function countNpmAudit(document) {
  const advisories = Object.values(document.vulnerabilities ?? {})
    .flatMap(({ via }) => list(via))
    .filter(via => typeof via === 'object');
  return distinct(advisories, ({ url, source, name }) => [url ?? source, name]);
}

function countCyclonedx(document) {
  return list(document.vulnerabilities)
    .filter(
      ({ analysis }) =>
        !['resolved', 'resolved_with_pedigree'].includes(analysis?.state),
    )
    .reduce(
      (sum, { affects }) =>
        sum +
        Math.max(
          1,
          distinct(list(affects), ({ ref }) => ref),
        ),
      0,
    );
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

/** How many findings a file has by a plain count; `undefined` if nobody can say. */
export function countFindings(format, text) {
  try {
    return counters[format]?.(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}
