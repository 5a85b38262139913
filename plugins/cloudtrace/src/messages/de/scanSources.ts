/** German sentences about sources of scans that could not be polled, by code. */
export const scanSourcesGerman = {
  sentences: '{{first}}. {{second}}',
  'source-timeout':
    '{{where}} hat nicht innerhalb von {{time}} vollständig geantwortet',
  'source-redirect':
    '{{where}} antwortet mit einer Weiterleitung, der CloudTrace nicht folgt; konfigurieren Sie die endgültige URL',
  'source-unreachable':
    '{{where}} war nicht erreichbar, oder die Antwort brach ab',
  'source-invalid-json':
    '{{where}} hat ungültiges oder unvollständiges JSON geliefert',
  'source-token-rejected':
    '{{where}} hat das konfigurierte Token abgelehnt (HTTP {{status}})',
  'source-overloaded': '{{where}} ist überlastet (HTTP {{status}})',
  'source-http-status': '{{where}} hat mit HTTP {{status}} geantwortet',
  'source-too-large':
    'Die Antwort von {{where}} ist größer als {{kib}} KiB und wird nicht gelesen',
  'source-not-stored':
    'Die Antwort von {{source}} konnte nicht gespeichert werden',
  'source-portal-busy':
    'Das Portal liest bereits zu viele Scans; die nächste Abfrage versucht es erneut',
  'aws-instances-not-scanned':
    '{{service}} scannt {{unchecked}} von {{total}} Instanzen nicht',
  'snyk-unknown-project':
    'Snyk hat kein Projekt {{project}} in der Organisation, oder das Token darf es nicht sehen',
  'snyk-missing-project':
    'Snyk führt das Projekt {{project}} nicht mehr in seinem Target; seine Findings werden geschlossen, wenn es einen Tag lang fehlt',
  'snyk-incomplete-project':
    'Snyk hat ein Projekt ohne Namen oder Typ geliefert',
  'snyk-foreign-page':
    '{{where}} nennt eine nächste Seite außerhalb von {{api}}, die nicht gelesen wird',
  'snyk-too-many-bytes':
    'Die Issues des Projekts {{project}} in Snyk haben mehr als {{bytes}} Bytes',
  'snyk-too-many-pages':
    '{{where}} hat mehr als {{pages}} Seiten, oder die Seiten bilden eine Schleife',
  'snyk-no-list': '{{where}} hat keine JSON:API-Liste geliefert',
  'sonarqube-analysed-meanwhile':
    'SonarQube hat das Projekt während des Lesens analysiert; die nächste Abfrage liest es erneut',
  'sonarqube-no-analysis':
    'SonarQube hat noch keine Analyse des Hauptbranches von {{project}}',
  'sonarqube-invalid-response':
    'Die Antwort von SonarQube auf {{path}} ist ungültig: „{{place}}“ {{problem}}',
  'sonarqube-invalid-date':
    'Die Antwort von SonarQube auf {{path}} enthält ein ungültiges Datum',
  'sonarqube-foreign-results':
    'Die Antwort von SonarQube auf {{path}} enthält Ergebnisse eines anderen Projekts',
  'sonarqube-wrong-total':
    'Die Antworten von SonarQube auf {{path}} enthalten {{results}} Ergebnisse, nennen aber insgesamt {{total}}',
  'snyk-not-polled': 'Snyk konnte nicht abgefragt werden: {{error}}',
  'snyk-not-polled-next':
    'Prüfen Sie die Annotationen, und bitten Sie die Betreiber des Portals, den Zugriff des Tokens zu prüfen; die gespeicherten Daten bleiben',
  'snyk-annotation-next':
    'Korrigieren Sie die Annotationen; siehe docs/scans.md',
  'snyk-polled': 'CloudTrace liest Projekte aus Snyk',
  'snyk-not-yet': 'Es wurde noch kein Projekt aus Snyk gelesen',
  'snyk-figure-projects': 'Gelesene Projekte',
  'sonarqube-off': 'Im Portal ist kein SonarQube konfiguriert',
  'sonarqube-unknown-instance':
    'Das Portal hat kein SonarQube mit dem Namen „{{instance}}“',
  'sonarqube-annotation':
    'Die Annotation {{annotation}} ist nicht [instance/]key',
  'sonarqube-annotation-next': 'Korrigieren Sie die Annotation {{annotation}}',
  'sonarqube-not-polled': 'SonarQube konnte nicht gelesen werden',
  'sonarqube-not-polled-next':
    'Prüfen Sie den Schlüssel des Projekts, und bitten Sie die Betreiber des Portals, cloudtrace.sonarqube zu prüfen',
  'sonarqube-polled': 'CloudTrace liest das Projekt {{project}}',
  'sonarqube-not-yet': 'Das Projekt wurde noch nicht gelesen',
} as const;
