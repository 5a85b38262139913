/** German sentences about rejected and incomplete scans, by code. */
export const scansGerman = {
  reasons: '{{first}}; {{rest}}',
  'scan-document': 'das Dokument',
  'scan-missing': '{{path}} fehlt',
  'scan-not-a-list': '{{path}} muss eine Liste sein',
  'scan-not-lists': '{{first}} und {{second}} müssen Listen sein',
  'scan-empty-list':
    '{{path}} muss eine Liste mit mindestens einem Eintrag sein',
  'scan-not-an-object': '{{path}} muss ein Objekt sein',
  'scan-must-be': '{{path}} muss {{value}} sein',
  'scan-must-be-not': '{{path}} muss {{value}} sein, nicht {{found}}',
  'scan-must-have': '{{path}} muss {{field}} haben',
  'scan-must-have-both': '{{path}} muss {{first}} und {{second}} haben',
  'scan-must-have-one': '{{path}} muss {{first}} oder {{second}} haben',
  'scan-send-output': '{{problem}}: Senden Sie die Ausgabe von {{command}}',
  'scan-tool-failed': '{{tool}} ist fehlgeschlagen: {{said}}',
  'scan-github-rejected': 'GitHub hat die Anfrage abgelehnt: {{said}}',
  'scan-more-pages':
    '{{path}} zeigt an, dass weitere Findings folgen; senden Sie alle Seiten als ein Dokument (die AWS CLI fügt sie zusammen, wenn --max-items nicht gesetzt ist)',
  'scan-pages-missing':
    'Das Dokument hat {{results}} von {{total}} Ergebnissen; fügen Sie alle Seiten zusammen, bevor Sie sie senden',
  'scan-no-kind': '{{path}} ist leer, daher ist die Art des Berichts unbekannt',
  'scan-no-report':
    '{{path}} muss einen Report und eine dieser Arten haben: {{kinds}}',
  'scan-too-many':
    '{{path}}: {{number}} {{what}}, höchstens {{most}} werden angenommen; teilen Sie die Datei oder scannen Sie weniger',
  'scan-gitlab-type':
    '{{path}} muss eines von {{types}} sein: Senden Sie eine gl-…-report.json eines dieser Analyzer',
  'scan-gitlab-failed':
    '{{path}} ist failure: Der Analyzer wurde nicht fertig, sein Bericht ist unvollständig',
  'scan-no-sonarqube-list':
    'Das Dokument muss issues oder hotspots haben: Senden Sie die Antwort von api/issues/search oder api/hotspots/search',
  'scan-no-dependabot-list':
    'Das Dokument muss eine Liste sein: Senden Sie die Antwort von {{path}}',
  'scan-yarn-unfinished':
    'Die Zeile vom Typ auditSummary fehlt, der Audit wurde also nicht fertig: Senden Sie die ganze Ausgabe von yarn audit --json',
  'scan-no-yarn-advisory':
    '{{path}} muss ein Advisory sein: Senden Sie die Ausgabe von yarn audit --json oder yarn npm audit --json',
  'scan-npm-version':
    '{{path}} muss 2 sein: Senden Sie die Ausgabe von npm audit --json ab npm 7',
  'scan-no-tool-name': '{{path}} muss der Name des Tools sein',
  'scan-no-prowler-check':
    'Das Dokument enthält keine Prüfungen: Senden Sie die Ausgabe von prowler mit --output-formats json-ocsf',
  'scan-no-prowler-finding':
    '{{path}} muss ein OCSF Detection Finding von Prowler sein: class_uid 2004 mit metadata.event_code',
  'scan-no-json': 'Die Datei ist kein JSON: {{error}}',
  'scan-no-gzip': 'Die Datei ist kein gültiges gzip',
  'scan-bomb': 'Die Datei wird entpackt mehr als {{factor}}-mal so groß',
  'scan-too-large':
    'Die Datei ist entpackt größer als {{bytes}} Bytes; teilen Sie sie',
  'scan-utf-16': 'Die Datei ist UTF-16; senden Sie JSON als UTF-8',
  'scan-no-utf-8': 'Die Datei ist kein gültiges UTF-8',
  'scan-too-deep': 'Die Datei ist tiefer als {{levels}} Ebenen verschachtelt',
  'scan-too-many-values': 'Die Datei hat mehr als {{most}} Werte',
  'scan-too-many-findings':
    'Die Datei hat nach allen Limits {{findings}} Findings, höchstens {{most}} werden angenommen; teilen Sie sie',
  'scan-none':
    'Die Datei enthält keinen Scan (eine leere Liste von Runs oder Projekten); prüfen Sie, ob der Scanner lief',
  'scan-too-slow':
    'Das Lesen der Datei dauerte länger als {{seconds}} Sekunden; teilen Sie sie',
  'scan-too-much-memory':
    'Die Datei braucht zu viel Speicher, um gelesen zu werden; teilen Sie sie',
  'scan-importer-failed':
    'Der Importer „{{importer}}“ ist fehlgeschlagen: {{error}}',
  'scan-other-format': 'Das ist {{format}}: Laden Sie es zu {{path}} hoch',
  'scan-other-document': 'Das ist {{format}}: {{advice}}',
  'scan-sbom-advice':
    'Es listet Packages ohne Schwachstellen; scannen Sie es mit Grype oder Trivy und senden Sie das Ergebnis',
  'format-sarif': 'SARIF',
  'format-cyclonedx-vex': 'ein CycloneDX-Dokument',
  'format-spdx': 'ein SPDX-Dokument',
  'format-trivy-k8s': 'trivy k8s',
  'format-trivy-operator': 'ein Bericht von trivy-operator',
  'format-trivy': 'die Ausgabe von Trivy',
  'format-grype': 'die Ausgabe von Grype',
  'format-gitlab': 'ein GitLab-Bericht',
  'format-npm-audit': 'die Ausgabe von npm audit',
  'format-pnpm-audit': 'die Ausgabe von pnpm audit oder von npm 6',
  'format-yarn-audit': 'die Ausgabe von yarn audit',
  'format-pip-audit': 'die Ausgabe von pip-audit',
  'format-osv-scanner': 'die Ausgabe von OSV-Scanner',
  'format-semgrep': 'die Ausgabe von Semgrep',
  'format-prowler-ocsf': 'ein OCSF-Finding von Prowler',
  'format-asff': 'ein Finding von AWS Security Hub (ASFF)',
  'format-inspector': 'die Ausgabe von Amazon Inspector',
  'format-dependabot': 'eine Liste von Dependabot-Alerts',
  'format-kube-bench': 'die Ausgabe von kube-bench',
  'format-trufflehog': 'die Ausgabe von TruffleHog',
  'format-sonarqube': 'eine Antwort von SonarQube',
  'format-snyk': 'die Ausgabe von Snyk',
  'scan-unchecked': '{{what}}: {{number}}',
  'scan-checks-without-result': 'Prüfungen ohne Ergebnis',
  'scan-sections-without-results': 'Abschnitte ohne Liste von Ergebnissen',
  'scan-packages-without-vulnerabilities':
    'Packages mit Gruppen von Schwachstellen, aber ohne Schwachstellen',
  'scan-unchecked-dependencies':
    'Abhängigkeiten, die nicht geprüft werden konnten',
  'scan-errors': 'Fehler des Scans, dem Ergebnisse entgangen sein können',
  'scan-unscanned-resources': 'Ressourcen, die nicht gescannt werden konnten',
  'scan-reports-without-findings':
    'Berichte ohne Liste von {{list}} oder mit weniger Findings als in ihrer Zusammenfassung',
  'scan-fewer-results':
    '{{counts}} nennt {{total}}, aber {{list}} hat {{results}}',
  'scan-no-results': '{{counts}} nennt {{total}}, aber {{list}} hat keine',
  'scan-no-list':
    'Die Datei hat keine Liste von Ergebnissen ({{list}}), daher ist über ihre Findings nichts bekannt',
  'scan-no-issue': '{{path}} nennt {{value}}, aber es gibt keinen Issue',
  'scan-no-issue-although': '{{path}} ist {{value}}, aber es gibt keinen Issue',
  'scan-external-files':
    '{{path}} nennt andere Dateien, die nicht gelesen werden',
  'scan-scanner-failed':
    'Der Scanner hat gemeldet, dass er fehlgeschlagen ist ({{path}})',
  'scan-scanner-failed-saying':
    'Der Scanner hat gemeldet, dass er fehlgeschlagen ist ({{path}}): {{said}}',
  'scan-value': '{{path}} ist {{value}}',
  'scan-value-saying': '{{path}} ist {{value}}: {{said}}',
  'scan-unchecked-paths_one':
    'Das Tool konnte 1 Pfad nicht prüfen; seine Findings bleiben unverändert: {{paths}}',
  'scan-unchecked-paths_other':
    'Das Tool konnte {{count}} Pfade nicht prüfen; ihre Findings bleiben unverändert: {{paths}}',
  'scan-unchecked-more-paths':
    'Das Tool konnte {{total}} Pfade nicht prüfen; ihre Findings bleiben unverändert: {{paths}} und {{more}} weitere',
} as const;
