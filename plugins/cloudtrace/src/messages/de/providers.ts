/** German sentences about problems of fleet providers, by code. */
export const providersGerman = {
  'aws-not-configured': 'AWS ist nicht konfiguriert',
  'aws-not-configured-next':
    'Tragen Sie die Accounts unter cloudtrace.aws.accounts in die Konfiguration des Portals ein; docs/aws.md zeigt, wie',
  'aws-access-denied':
    '{{action}} wurde verweigert (Account {{account}}, Region {{region}})',
  'aws-access-denied-next':
    'Fügen Sie die Aktion zur Policy der Rolle hinzu, die CloudTrace in diesem Account verwendet; steht sie dort, prüfen Sie, ob eine Service Control Policy oder Permissions Boundary sie verbietet',
  'aws-assume-role-next':
    'Erlauben Sie der Identität des Portals, die Rolle anzunehmen: Prüfen Sie Trust Policy und ExternalId der Rolle',
  'aws-expired-credentials':
    '{{action}} schlug fehl, weil AWS die Zugangsdaten nicht akzeptiert (Account {{account}}, Region {{region}})',
  'aws-expired-credentials-next':
    'Prüfen Sie die Zugangsdaten dieses Accounts in der Konfiguration des Portals; funktionieren seine anderen Regionen, aktivieren Sie diese Region im Account oder entfernen Sie sie aus cloudtrace.aws.accounts',
  'aws-clock-skew':
    '{{action}} schlug fehl, weil die Uhr des Portals von der von AWS abweicht (Account {{account}}, Region {{region}})',
  'aws-clock-skew-next':
    'Synchronisieren Sie die Uhr des Portal-Hosts, zum Beispiel mit NTP',
  'aws-not-enabled':
    '{{action}} schlug fehl, weil Account, Region oder Service nicht aktiviert ist (Account {{account}}, Region {{region}})',
  'aws-not-enabled-next':
    'Aktivieren Sie die Region in diesem Account, oder entfernen Sie sie aus cloudtrace.aws.accounts; prüfen Sie, ob der Account aktiv ist',
  'aws-throttled':
    '{{action}} wurde von AWS gedrosselt (Account {{account}}, Region {{region}})',
  'aws-throttled-next':
    'CloudTrace ruft seltener auf; hält die Drosselung an, senken Sie cloudtrace.aws.limits.concurrency oder verlängern Sie die Intervalle',
  'aws-timeout':
    '{{action}} antwortete nicht rechtzeitig (Account {{account}}, Region {{region}})',
  'aws-timeout-next':
    'Prüfen Sie, ob das Portal die AWS-Endpunkte dieser Region erreicht; CloudTrace versucht es erneut',
  'aws-unavailable':
    '{{action}} war nicht erreichbar oder schlug fehl (Account {{account}}, Region {{region}})',
  'aws-unavailable-next':
    'Prüfen Sie, ob das Portal die AWS-Endpunkte dieser Region erreicht, und das AWS Health Dashboard; CloudTrace versucht es erneut',
  'aws-not-found':
    '{{action}} fand die Ressource nicht (Account {{account}}, Region {{region}})',
  'aws-not-found-next':
    'Prüfen Sie, ob die Ressource noch existiert und die Annotation sie nennt',
  'aws-invalid-request':
    '{{action}} wurde als ungültig abgewiesen (Account {{account}}, Region {{region}})',
  'aws-invalid-request-named':
    '{{action}} wurde als ungültig abgewiesen ({{error}}; Account {{account}}, Region {{region}})',
  'aws-invalid-request-next':
    'Prüfen Sie, ob die Annotation die Ressource nennt; wenn ja, melden Sie das Problem mit der Log-Zeile den Autoren von CloudTrace',
  'aws-invalid-response':
    '{{action}} lieferte eine Antwort, die nicht gelesen werden konnte (Account {{account}}, Region {{region}})',
  'aws-invalid-response-named':
    '{{action}} lieferte eine Antwort, die nicht gelesen werden konnte ({{error}}; Account {{account}}, Region {{region}})',
  'aws-invalid-response-next':
    'Prüfen Sie, ob ein Proxy zwischen Portal und AWS Antworten verändert',
  'aws-paused': '{{action}} pausiert wegen eines früheren Fehlers: {{failure}}',
  'aws-truncated':
    '{{action}} hat mehr Einträge, als gelesen wurden (Account {{account}}, Region {{region}}); der Rest fehlt hier',
  'aws-nothing-stored':
    '{{action}} hat mehr Seiten, als das Limit erlaubt; daher wurde nichts davon gespeichert (Account {{account}}, Region {{region}})',
  'aws-raise-max-pages': 'Erhöhen Sie cloudtrace.aws.limits.maxPages',
  'aws-account-not-configured':
    'Der Account oder die Region dieser Ressource ist nicht konfiguriert',
  'aws-account-not-configured-next':
    'Fügen Sie ihn zu cloudtrace.aws.accounts hinzu',
  'aws-unreadable':
    'CloudTrace konnte eine Antwort von AWS nicht lesen ({{region}})',
  'aws-unreadable-next': 'Siehe Log des Backends',
  'aws-gone-auto-scaling-group':
    'Die Auto-Scaling-Gruppe „{{name}}“ existiert nicht mehr',
  'aws-gone-ecs-service': 'Der ECS-Service „{{name}}“ existiert nicht mehr',
  'aws-gone-database': 'Die Datenbank „{{name}}“ existiert nicht mehr',
  'aws-gone-next':
    'Entfernen oder korrigieren Sie die Annotation, oder warten Sie auf die nächste Suche nach Tags',
  'aws-metric-hidden':
    'CloudWatch zeigt dieser Rolle die Metrik {{metric}} nicht',
  'aws-metric-hidden-next':
    'Erlauben Sie der Rolle, Metriken dieses Namespace zu lesen',
  'aws-enable-security-hub':
    'Aktivieren Sie Security Hub in dieser Region, oder setzen Sie cloudtrace.aws.findings.securityHub auf false',
  'aws-enable-inspector':
    'Aktivieren Sie Amazon Inspector in dieser Region, oder setzen Sie cloudtrace.aws.findings.inspector auf false',
  'aws-inspector-denied-next':
    'Fügen Sie die Aktion zur Policy der Rolle hinzu, die CloudTrace in diesem Account verwendet, und prüfen Sie, ob Amazon Inspector in dieser Region aktiviert ist; oder setzen Sie cloudtrace.aws.findings.inspector auf false',
  'aws-annotation-invalid':
    'Die Annotation {{annotation}} enthält nicht {{expected}}',
  'aws-annotation-invalid-next':
    'Verwenden Sie {{expected}}; Account, Region und Rolle kommen aus der Konfiguration des Portals',
  'aws-expected-auto-scaling-group':
    'den Namen oder die ARN einer Auto-Scaling-Gruppe',
  'aws-expected-target-group': 'den Namen oder die ARN einer Target Group',
  'aws-expected-load-balancer': 'den Namen oder die ARN eines Load Balancers',
  'aws-expected-database':
    'den Bezeichner oder die ARN einer Datenbankinstanz oder eines Datenbankclusters',
  'aws-expected-ecs-service': 'Cluster/Service oder die ARN eines ECS-Service',
  'problem-at': '{{place}}: {{problem}}',
  'annotation-of-entity': '{{annotation}} von {{entity}}',
  'aws-arn-not-configured':
    'die ARN nennt einen Account oder eine Region, die CloudTrace nicht liest',
  'aws-arn-not-configured-next':
    'Bitten Sie das Plattform-Team, Account und Region zu cloudtrace.aws.accounts hinzuzufügen, oder korrigieren Sie die ARN',
  'aws-ambiguous-name':
    '„{{name}}“ existiert in mehr als einem Account oder einer Region',
  'aws-ambiguous-name-next': 'Schreiben Sie die ARN statt des Namens',
  'aws-search-incomplete':
    '„{{name}}“ wurde nicht gefunden, und nicht alles konnte durchsucht werden. {{failure}}',
  'aws-unknown-name':
    '„{{name}}“ existiert nicht in den konfigurierten Accounts und Regionen',
  'aws-unknown-name-next':
    'Prüfen Sie den Namen, und ob sein Account und seine Region in cloudtrace.aws.accounts stehen',
  'aws-not-linked':
    'keine Ressource „{{name}}“ mit dem Tag cloudtrace:entity-ref={{entity}} gefunden',
  'aws-not-linked-next':
    'Versehen Sie die Ressource in einem der konfigurierten Accounts mit dem Tag cloudtrace:entity-ref={{entity}}',
  'local-not-found': 'Die lokale Fleet hat {{name}} nicht mehr',
  'local-not-found-next':
    'Starten Sie den Service erneut aus seinem lokalen Repository',
  'local-not-running': '{{name}} läuft nicht auf der lokalen Fleet: {{status}}',
  'local-not-running-next':
    'Siehe „npm run fleet -- status“; „npm run fleet -- start-service {{name}}“ versucht es erneut',
  'local-unavailable':
    'Die lokale Fleet konnte nicht gelesen werden: {{error}}',
  'local-unavailable-next':
    'Starten Sie das Portal mit „npm run dev“, oder nur die Fleet mit „npm run fleet -- run“',
  'located-local':
    'Service {{service}} der lokalen Fleet wurde für diese Entity gestartet',
  'located-through': '{{detail}}, über {{type}} {{name}}',
  'local-standby-stopped':
    'Der Standby in {{zone}} wurde mit seiner Zone gestoppt; ein Standby läuft erst wieder, wenn die Zone zurück ist',
  'local-standby-ready':
    'Der Standby in {{zone}} ist bereit und repliziert von {{primary}}',
  'local-primary-responds': 'Der Primary in {{zone}} antwortet wieder',
  'local-primary-silent': 'Der Primary in {{zone}} antwortet nicht',
  'local-primary-failed':
    'Der Primary in {{zone}} ist ausgefallen ({{reason}}), und kein Standby kann übernehmen; er wird neu gestartet',
  'local-primary-runs': 'Der Primary in {{zone}} läuft wieder',
  'local-failover-started':
    'Failover der lokalen Datenbank von {{from}} nach {{to}} gestartet: {{reason}}',
  'local-failover-completed':
    'Failover abgeschlossen: Der Server in {{zone}} ist jetzt der Primary',
  'local-reason-zone': 'Zone {{zone}} wurde gestoppt',
  'local-reason-manual': 'der Primary wurde manuell gestoppt',
  'local-reason-silent': 'der Primary antwortete nicht mehr',
  'report-not-stored':
    'Der Bericht von {{provider}} über {{resource}} konnte nicht gespeichert werden',
} as const;
