/** Why a scan was rejected or is incomplete. */
export const scanMessages = {
  reasons: '{{first}}; {{rest}}',
  'scan-document': 'the document',
  'scan-missing': '{{path}} is missing',
  'scan-not-a-list': '{{path}} must be a list',
  'scan-not-lists': '{{first}} and {{second}} must be lists',
  'scan-empty-list': '{{path}} must be a list with at least one entry',
  'scan-not-an-object': '{{path}} must be an object',
  'scan-must-be': '{{path}} must be {{value}}',
  'scan-must-be-not': '{{path}} must be {{value}}, not {{found}}',
  'scan-must-have': '{{path}} must have {{field}}',
  'scan-must-have-both': '{{path}} must have {{first}} and {{second}}',
  'scan-must-have-one': '{{path}} must have {{first}} or {{second}}',
  'scan-send-output': '{{problem}}: send the output of {{command}}',
  'scan-tool-failed': '{{tool}} failed: {{said}}',
  'scan-github-rejected': 'GitHub rejected the request: {{said}}',
  'scan-more-pages':
    '{{path}} indicates that more findings follow; send all pages as one document (the AWS CLI joins them unless --max-items is given)',
  'scan-pages-missing':
    'The document has {{results}} of {{total}} results; join all pages before sending them',
  'scan-no-kind': '{{path}} is empty, so the kind of report is unknown',
  'scan-no-report':
    '{{path}} must have a report and one of these kinds: {{kinds}}',
  'scan-too-many':
    '{{path}}: {{number}} {{what}}, at most {{most}} are accepted; split the file or scan less',
  'scan-gitlab-type':
    '{{path}} must be one of {{types}}: send a gl-…-report.json of one of these analyzers',
  'scan-gitlab-failed':
    '{{path}} is failure: the analyzer did not finish, so its report is incomplete',
  'scan-no-sonarqube-list':
    'The document must have issues or hotspots: send the response of api/issues/search or api/hotspots/search',
  'scan-no-dependabot-list':
    'The document must be a list: send the response of {{path}}',
  'scan-yarn-unfinished':
    'The line of type auditSummary is missing, so the audit did not finish: send the whole output of yarn audit --json',
  'scan-no-yarn-advisory':
    '{{path}} must be an advisory: send the output of yarn audit --json or yarn npm audit --json',
  'scan-npm-version':
    '{{path}} must be 2: send the output of npm audit --json of npm 7 or later',
  'scan-no-tool-name': "{{path}} must be the tool's name",
  'scan-no-prowler-check':
    'The document contains no checks: send the output of prowler with --output-formats json-ocsf',
  'scan-no-prowler-finding':
    '{{path}} must be an OCSF detection finding of Prowler: class_uid 2004 with metadata.event_code',
  'scan-no-json': 'The file is not JSON: {{error}}',
  'scan-no-gzip': 'The file is not valid gzip',
  'scan-bomb': 'The file decompresses to more than {{factor}} times its size',
  'scan-too-large':
    'The file is larger than {{bytes}} bytes after decompression; split it',
  'scan-utf-16': 'The file is UTF-16; send JSON as UTF-8',
  'scan-no-utf-8': 'The file is not valid UTF-8',
  'scan-too-deep': 'The file is nested more than {{levels}} levels deep',
  'scan-too-many-values': 'The file has more than {{most}} values',
  'scan-too-many-findings':
    'The file has {{findings}} findings after all limits, at most {{most}} are accepted; split it',
  'scan-none':
    'The file contains no scan (an empty list of runs or projects); check that the scanner ran',
  'scan-too-slow':
    'Reading the file took longer than {{seconds}} seconds; split it',
  'scan-too-much-memory': 'The file needs too much memory to be read; split it',
  'scan-importer-failed': "The importer '{{importer}}' failed: {{error}}",
  'scan-other-format': 'This is {{format}}: upload it to {{path}}',
  'scan-other-document': 'This is {{format}}: {{advice}}',
  'scan-sbom-advice':
    'it lists packages without vulnerabilities; scan it with Grype or Trivy and send the result',
  'format-sarif': 'SARIF',
  'format-cyclonedx-vex': 'a CycloneDX document',
  'format-spdx': 'an SPDX document',
  'format-trivy-k8s': 'trivy k8s',
  'format-trivy-operator': 'a report of trivy-operator',
  'format-trivy': 'the output of Trivy',
  'format-grype': 'the output of Grype',
  'format-gitlab': 'a GitLab report',
  'format-npm-audit': 'the output of npm audit',
  'format-pnpm-audit': 'the output of pnpm audit, or of npm 6',
  'format-yarn-audit': 'the output of yarn audit',
  'format-pip-audit': 'the output of pip-audit',
  'format-osv-scanner': 'the output of OSV-Scanner',
  'format-semgrep': 'the output of Semgrep',
  'format-prowler-ocsf': 'an OCSF finding of Prowler',
  'format-asff': 'an AWS Security Hub finding (ASFF)',
  'format-inspector': 'the output of Amazon Inspector',
  'format-dependabot': 'a list of Dependabot alerts',
  'format-kube-bench': 'the output of kube-bench',
  'format-trufflehog': 'the output of TruffleHog',
  'format-sonarqube': 'a response of the SonarQube API',
  'format-snyk': 'the output of Snyk',
  'scan-unchecked': '{{what}}: {{number}}',
  'scan-checks-without-result': 'checks without a result',
  'scan-sections-without-results': 'sections without a list of results',
  'scan-packages-without-vulnerabilities':
    'packages that list vulnerability groups but no vulnerability details',
  'scan-unchecked-dependencies': 'dependencies that could not be checked',
  'scan-errors': 'errors of the scan, which may have missed results',
  'scan-unscanned-resources': 'resources that could not be scanned',
  'scan-reports-without-findings':
    'reports that lack findings counted in their summary, or a list of {{list}}',
  'scan-fewer-results': '{{counts}} is {{total}}, but {{list}} has {{results}}',
  'scan-no-results': '{{counts}} is {{total}}, but {{list}} has none',
  'scan-no-list':
    'The file has no list of results ({{list}}), so nothing is known about its findings',
  'scan-no-issue': '{{path}} is {{value}}, but there is no issue',
  'scan-no-issue-although': '{{path}} is {{value}}, but there is no issue',
  'scan-external-files': '{{path}} names other files, which are not read',
  'scan-scanner-failed': 'The scanner reported that it failed ({{path}})',
  'scan-scanner-failed-saying':
    'The scanner reported that it failed ({{path}}): {{said}}',
  'scan-value': '{{path}} is {{value}}',
  'scan-value-saying': '{{path}} is {{value}}: {{said}}',
  'scan-unchecked-paths_one':
    'The tool could not check 1 path; its findings stay unchanged: {{paths}}',
  'scan-unchecked-paths_other':
    'The tool could not check {{count}} paths; their findings stay unchanged: {{paths}}',
  'scan-unchecked-more-paths':
    'The tool could not check {{total}} paths; their findings stay unchanged: {{paths}} and {{more}} more',
} as const;
