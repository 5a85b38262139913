/** German sentences about targets, scaling, failovers, the timeline, diagnostics and notifications, by code. */
export const backendGerman = {
  'target-response-code':
    'Der Health Check erhielt einen unerwarteten Statuscode',
  'target-response-code-next':
    'Rufen Sie den Pfad des Health Checks auf der Instanz auf und prüfen Sie Statuscode und Log des Service',
  'target-timeout': 'Der Health Check erhielt nicht rechtzeitig eine Antwort',
  'target-timeout-next':
    'Prüfen Sie, ob der Prozess überlastet ist oder hängt und ob sein Port erreichbar ist',
  'target-refused':
    'Die Instanz ist nicht erreichbar oder lehnt die Verbindung ab',
  'target-refused-next':
    'Prüfen Sie, ob der Prozess läuft und auf dem Port des Health Checks lauscht',
  'target-not-registered':
    'Die Instanz ist nicht in der Target Group registriert',
  'target-not-registered-next':
    'Prüfen Sie, warum sie entfernt wurde, oder registrieren Sie sie',
  'target-not-in-use':
    'Kein Load Balancer verwendet die Target Group, oder die Zone ist nicht aktiviert',
  'target-not-in-use-next':
    'Prüfen Sie die Listener-Regeln und die Zonen des Load Balancers',
  'target-deregistering':
    'Das Target wird deregistriert: Es beendet offene Requests, neue gehen an andere',
  'target-draining':
    'Das Target ist im Draining: Es beendet offene Requests, neue gehen an andere',
  'target-stopped': 'Die Instanz ist gestoppt oder wurde beendet',
  'target-stopped-next':
    'Prüfen Sie im Skalierungsverlauf, warum sie beendet wurde',
  'target-ip-unusable': 'Der Load Balancer verwendet diese Adresse selbst',
  'target-ip-unusable-next': 'Registrieren Sie eine andere Adresse',
  'target-check-disabled':
    'Health Checks sind abgeschaltet, daher ist die Health unbekannt',
  'target-check-disabled-next':
    'Schalten Sie Health Checks in der Target Group ein',
  'target-registering': 'Der Load Balancer registriert die Instanz',
  'target-first-checks':
    'Das Target ist neu: Der Load Balancer wartet auf die ersten erfolgreichen Health Checks',
  'target-internal-error': 'Der Load Balancer hatte einen internen Fehler',
  'target-internal-error-next':
    'Prüfen Sie die Statusseite des Providers, wenn der Fehler anhält',
  'target-zone-stopped': 'Die Zone wurde gestoppt',
  'target-zone-stopped-next': 'Starten Sie die Zone wieder',
  'target-initial': 'Das Target ist neu und noch nicht geprüft',
  'target-healthy': 'Das Target besteht seine Health Checks',
  'target-unhealthy-state': 'Das Target besteht seine Health Checks nicht',
  'target-draining-state': 'Das Target wird außer Betrieb genommen',
  'target-unused':
    'Das Target erhält keine Requests: Kein Load Balancer verwendet es',
  'target-unavailable': 'Die Health des Targets wird nicht geprüft',
  'target-unknown': 'Der Zustand des Targets ist unbekannt',
  'target-gone': 'Das Target hat die Target Group verlassen',
  'no-reason': 'kein Grund angegeben',
  'scaled-because': '{{cause}} → {{change}}',
  'scaled-by-alarm': 'Alarm {{name}}',
  'scaled-by-alarm-at': 'Alarm {{name}}: {{figures}}',
  'scaled-by-policy': 'Policy {{name}}',
  'scaled-by-policy-at': 'Policy {{name}}: {{figures}}',
  'scaled-by-some-policy': 'Scaling Policy',
  'scaled-by-some-policy-at': 'Scaling Policy: {{figures}}',
  'scaled-by-users-above_one':
    '{{users}} aktiver Benutzer je Instanz, über {{threshold}}',
  'scaled-by-users-above_other':
    '{{users}} aktive Benutzer je Instanz, über {{threshold}}',
  'scaled-by-users-at-least_one':
    '{{users}} aktiver Benutzer je Instanz, mindestens {{threshold}}',
  'scaled-by-users-at-least_other':
    '{{users}} aktive Benutzer je Instanz, mindestens {{threshold}}',
  'scaled-by-users-below_one':
    '{{users}} aktiver Benutzer je Instanz, unter {{threshold}}',
  'scaled-by-users-below_other':
    '{{users}} aktive Benutzer je Instanz, unter {{threshold}}',
  'scaled-by-users-at-most_one':
    '{{users}} aktiver Benutzer je Instanz, höchstens {{threshold}}',
  'scaled-by-users-at-most_other':
    '{{users}} aktive Benutzer je Instanz, höchstens {{threshold}}',
  'scaled-by-schedule': 'Zeitplan {{name}}',
  'scaled-by-some-schedule': 'Zeitplan',
  'scaled-manually': 'Manuell geändert',
  'launched-for-unhealthy': 'Ersatz für eine ungesunde Instanz',
  'terminated-unhealthy': 'Ungesunde Instanz beendet',
  'launched-for-interrupted':
    'Ersatz für eine Instanz, die der Provider zurückfordert',
  'terminated-interrupted': 'Der Provider fordert die Instanz zurück',
  'launched-for-maintenance':
    'Ersatz für eine Instanz, die der Provider wartet',
  'terminated-maintenance':
    'Für Wartung durch den Provider außer Betrieb genommen',
  'scaled-to-rebalance': 'Zonen neu ausbalanciert',
  'instances-refreshed': 'Instance Refresh',
  'launched-for-lifetime':
    'Ersatz für eine Instanz, die ihr Höchstalter erreicht hat',
  'terminated-lifetime': 'Die Instanz hat ihr Höchstalter erreicht',
  launched: 'Instanz gestartet',
  terminated: 'Instanz beendet',
  'capacity-changed': 'Kapazität geändert',
  'instance-restarted': 'Die Instanz wurde neu gestartet',
  'group-changed': 'Gruppe geändert',
  'suspended-launch':
    'Es werden keine Instanzen gestartet, auch nicht als Ersatz für ausgefallene',
  'suspended-terminate':
    'Es werden keine Instanzen beendet: Kein Scale-in der Gruppe',
  'suspended-add-to-load-balancer':
    'Neue Instanzen werden nicht registriert und erhalten keine Requests',
  'suspended-alarm-notification': 'Alarme skalieren die Gruppe nicht',
  'suspended-az-rebalance':
    'Die Zonen der Gruppe werden nicht neu ausbalanciert',
  'suspended-health-check': 'Die Health der Instanzen wird nicht geprüft',
  'suspended-instance-refresh': 'Instanzen werden nicht erneuert',
  'suspended-replace-unhealthy': 'Ungesunde Instanzen werden nicht ersetzt',
  'suspended-scheduled-actions': 'Geplante Aktionen laufen nicht',
  'suspended-other': 'Der Prozess {{name}} läuft nicht',
  'failure-capacity':
    'Erlauben Sie weitere Instanztypen oder Zonen, oder versuchen Sie es später erneut',
  'failure-reservation':
    'Vergrößern oder erneuern Sie die Kapazitätsreservierung, oder starten Sie ohne sie',
  'failure-quota':
    'Beantragen Sie eine höhere Quota, oder verringern Sie den übrigen Verbrauch',
  'failure-spot-quota':
    'Beantragen Sie eine höhere Spot-Quota, erhöhen Sie den Höchstpreis, oder erlauben Sie On-Demand-Instanzen',
  'failure-spot-capacity':
    'Erlauben Sie weitere Instanztypen und Zonen für Spot, oder zusätzlich On-Demand-Instanzen',
  'failure-key-pair':
    'Legen Sie das Key Pair in dieser Region an, oder korrigieren Sie es im Launch Template',
  'failure-security-group':
    'Legen Sie die Security Group in dieser VPC an, oder korrigieren Sie sie im Launch Template',
  'failure-image':
    'Korrigieren Sie das Image oder den Instanztyp im Launch Template',
  'failure-launch-template':
    'Geben Sie der Gruppe ein Launch Template, das existiert',
  'failure-instance-type':
    'Wählen Sie in der Gruppe und ihrem Launch Template einen Instanztyp, den die Zone anbietet, oder eine andere Zone',
  'failure-addresses':
    'Geben Sie Adressen frei, oder fügen Sie ein Subnetz hinzu',
  'failure-subnet': 'Korrigieren Sie die Subnetze der Gruppe',
  'failure-volumes':
    'Korrigieren Sie die Volumes im Launch Template, oder beantragen Sie eine höhere Speicher-Quota',
  'failure-kms-key':
    'Erlauben Sie der Service-Linked Role von Auto Scaling den KMS-Key der verschlüsselten Volumes',
  'failure-permission': 'Geben Sie der Gruppe die fehlende Berechtigung',
  'failure-throttled':
    'Nichts zu tun, wenn es vorübergeht; ändern Sie sonst weniger gleichzeitig',
  'failure-image-pull':
    'Prüfen Sie den Namen des Images und ob die Tasks die Registry erreichen',
  'failure-initialization':
    'Prüfen Sie, ob die Execution Role die Secrets lesen darf und die Tasks ihre Netzwerk-Endpunkte erreichen',
  'failure-container-capacity':
    'Fügen Sie Container-Instanzen mit Platz für den Task hinzu, oder verkleinern Sie ihn',
  'failure-port': 'Geben Sie den Port frei, den die Instanz braucht',
  'failover-of-all': 'Failover aller Targets',
  'failover-of-instance': 'Failover der Instanz {{label}}',
  'failover-of-zone': 'Failover der Zone {{label}}',
  'failover-of-database': 'Failover der Datenbank {{label}}',
  'ongoing-failover': '{{failover}} läuft: {{cause}}',
  'past-failover': '{{failover}}, wiederhergestellt nach {{durationMs}}',
  'brief-failover': '{{failover}}, wiederhergestellt vor der nächsten Prüfung',
  'vanished-while-healthy': 'Verschwand in gesundem Zustand',
  'vanished-while-healthy-next':
    'Prüfen Sie im Skalierungsverlauf und beim Provider den Grund für das Ende',
  'cause-with-deploy': '{{cause}}, {{deploy}}',
  'check-deploy':
    'Prüfen Sie, was das Deployment geändert hat, oder rollen Sie es zurück',
  'two-sentences': '{{first}}. {{second}}',
  'during-deploy': 'während des Deployments {{version}}',
  'during-some-deploy': 'während eines Deployments',
  'after-deploy': '{{durationMs}} nach Abschluss des Deployments {{version}}',
  'after-some-deploy': '{{durationMs}} nach Abschluss eines Deployments',
  'after-failed-deploy':
    '{{durationMs}} nach dem fehlgeschlagenen Deployment {{version}}',
  'after-some-failed-deploy':
    '{{durationMs}} nach einem fehlgeschlagenen Deployment',
  'after-rolled-back-deploy':
    '{{durationMs}} nach dem Rollback des Deployments {{version}}',
  'after-some-rolled-back-deploy':
    '{{durationMs}} nach dem Rollback eines Deployments',
  'deploy-started': 'Deployment {{version}} begonnen',
  'deploy-succeeded': 'Deployment {{version}} erfolgreich',
  'deploy-failed': 'Deployment {{version}} fehlgeschlagen',
  'deploy-rolled-back': 'Deployment {{version}} zurückgerollt',
  'deploy-ended': 'Deployment {{version}} beendet',
  'some-deploy-started': 'Ein Deployment begann',
  'some-deploy-succeeded': 'Ein Deployment war erfolgreich',
  'some-deploy-failed': 'Ein Deployment schlug fehl',
  'some-deploy-rolled-back': 'Ein Deployment wurde zurückgerollt',
  'some-deploy-ended': 'Ein Deployment wurde beendet',
  'others-carried-load': 'Andere Targets übernahmen die Last',
  'replacement-started': 'Ein Ersatz wurde gestartet',
  'failed-taken-out': 'Die ausgefallene Instanz wurde außer Betrieb genommen',
  'replacement-failed': 'Auch der Ersatz fiel aus',
  'crash-loop':
    'Crash-Loop: {{instances}} Instanzen fielen aus, jede als Ersatz der vorherigen',
  flapped_one: 'Erholte sich und fiel einmal erneut aus',
  flapped_other: 'Erholte sich und fiel {{count}}-mal erneut aus',
  'zone-failed_one': 'Das einzige Target in {{zone}} fiel aus',
  'zone-failed_other': 'Alle {{count}} Targets in {{zone}} fielen aus',
  'all-failed': 'Kein Target war mehr gesund',
  vanished: '{{target}} verschwand',
  'failed-checks': '{{target}} bestand seine Health Checks nicht',
  'recovery-not-checked':
    'Wird nicht mehr geprüft: Ob es sich erholt hat, ist unbekannt',
  'taken-out-of-use': 'Wurde außer Betrieb genommen',
  'strength-regained': 'Wieder so viele gesunde Targets wie zuvor',
  'began-requests-fail': 'Requests schlugen fehl oder blieben aus',
  'began-first-check':
    'Der erste von {{checks}} aufeinanderfolgenden Health Checks schlug fehl',
  'began-group-reacts': 'Die Gruppe stufte die Instanz als ungesund ein',
  'database-began': 'Das Failover der Datenbank begann',
  'database-abandoned': 'Das Failover wurde abgebrochen',
  'database-moved': 'Die Datenbank wechselte von {{from}} nach {{to}}',
  'database-completed': 'Die Datenbank schloss ihr Failover ab',
  'scaling-failed': 'Skalierung fehlgeschlagen: {{what}}',
  'health-lost': 'Die Health von {{target}} wird nicht mehr gemessen',
  'health-measured': 'Die Health von {{target}} wird wieder gemessen',
  'became-unhealthy': '{{target}} wurde ungesund',
  'healthy-again': '{{target}} ist wieder gesund',
  'taken-out': '{{target}} wurde außer Betrieb genommen',
  'alarm-ok': 'Alarm {{alarm}}: ok',
  'alarm-raised': 'Alarm {{alarm}}: ausgelöst',
  'alarm-insufficient-data': 'Alarm {{alarm}}: zu wenig Daten',
  'alarm-unknown': 'Alarm {{alarm}}: unbekannt',
  'database-failover-started': '{{database}}: Failover begonnen',
  'database-failover-completed': '{{database}}: Failover abgeschlossen',
  'database-failover-abandoned': '{{database}}: Failover abgebrochen',
  'database-failover-reason': '{{database}}: Grund des Failovers',
  'database-unavailable': '{{database}}: nicht verfügbar',
  'database-available': '{{database}}: verfügbar',
  'database-configuration': '{{database}}: Konfiguration',
  'database-backup': '{{database}}: Backup',
  'database-maintenance': '{{database}}: Wartung',
  'database-availability': '{{database}}: Verfügbarkeit',
  'database-other': '{{database}}: {{message}}',
  'database-quote': '{{database}}: „{{message}}“',
  'database-restart': '{{database}}: Neustart',
  'deployed-started': 'Deployment von {{version}} begonnen',
  'deployed-succeeded': 'Deployment von {{version}} erfolgreich',
  'deployed-failed': 'Deployment von {{version}} fehlgeschlagen',
  'deployed-rolled-back': 'Deployment von {{version}} zurückgerollt',
  'in-sync': 'Die Infrastruktur ist synchron',
  'in-sync-stack': 'Die Infrastruktur von {{stack}} ist synchron',
  'drift-check-failed': 'Die Drift-Prüfung ist fehlgeschlagen',
  'drift-check-failed-stack':
    'Die Drift-Prüfung von {{stack}} ist fehlgeschlagen',
  drifted: 'Die Infrastruktur weicht ab (Drift)',
  'drifted-stack': 'Die Infrastruktur von {{stack}} weicht ab (Drift)',
  'drifted-resources_one': '{{what}} (1 Ressource)',
  'drifted-resources_other': '{{what}} ({{count}} Ressourcen)',
  'load-test-started': 'Lasttest begonnen',
  'load-test-passed': 'Lasttest bestanden',
  'load-test-failed': 'Lasttest nicht bestanden',
  'load-test-aborted': 'Lasttest abgebrochen',
  'healing-started': '{{action}} begonnen',
  'healing-succeeded': '{{action}} erfolgreich',
  'healing-failed': '{{action}} fehlgeschlagen',
  'scan-not-read': 'Ein Scan konnte nicht gelesen werden ({{tool}})',
  'scan-received': 'Scan von {{tool}}: {{added}} neu, {{fixed}} behoben',
  'scan-received-partly':
    'Unvollständiger Scan von {{tool}}: {{added}} neu, {{fixed}} behoben',
  'scan-received-incomplete':
    'Unvollständiger Scan von {{tool}}: {{added}} neu, nichts geschlossen',
  'source-requests': 'Requests (OpenTelemetry)',
  'source-events': 'Ereignisse aus Pipelines',
  'source-scans': 'Security-Scans',
  'no-request-yet': 'Noch ist kein Request angekommen',
  'no-request-no-token':
    'Noch ist kein Request angekommen, und es gibt kein Token, um Requests zu senden',
  'no-request-since': 'Seit {{durationMs}} ist kein Request angekommen',
  'requests-arrive': 'Requests kommen an',
  'no-event-yet':
    'Noch wurde kein Deployment, kein Drift, kein Lasttest und keine Selbstheilung gemeldet',
  'events-arrive': 'Ereignisse wurden empfangen',
  'scans-arrive': 'Scans kommen an',
  'no-scan-lately': 'In den letzten 90 Tagen ist kein Scan angekommen',
  'not-read-yet': 'Noch nicht gelesen',
  'nothing-found':
    'Die letzte Abfrage hat für diese Entity nichts gefunden: keine Annotation, keine verknüpfte Ressource und kein Tag. Eine neue Komponente wird innerhalb einer Minute gelesen',
  'nothing-collected':
    'Ressourcen sind verknüpft, aber noch wurden keine Daten gesammelt',
  'parts-stale': 'Seit einer Weile keine neuen Daten für: {{parts}}',
  listed: '{{first}}, {{rest}}',
  'part-targets': 'Targets',
  'part-health-check': 'Health Check',
  'part-capacity': 'Kapazität',
  'part-limits': 'Limits',
  'part-instances': 'Instanzen',
  'part-policies': 'Policies',
  'part-schedules': 'Zeitpläne',
  'part-activities': 'Aktivitäten',
  'part-alarms': 'Alarme',
  'part-database-events': 'Datenbankereignisse',
  'part-metrics': 'Metriken',
  'resources-read_one': '1 Ressource wird gelesen',
  'resources-read_other': '{{count}} Ressourcen werden gelesen',
  'provider-unavailable': '{{provider}} konnte nicht gelesen werden',
  'check-portal-log': 'Bitten Sie die Betreiber des Portals, das Log zu prüfen',
  'storage-failed':
    'Die neuesten Requests konnten nicht gespeichert werden; Sender versuchen es erneut',
  'requests-unreadable':
    'Der Datenbankserver mit den Requests dieses Dienstes antwortet nicht',
  'rollups-behind':
    'Requests warten seit {{durationMs}} auf ihre Zusammenfassung; Diagramme sind vollständig, aber langsam',
  'check-database':
    'Bitten Sie die Betreiber des Portals, die Datenbank zu prüfen',
  'findings-polled': 'Findings werden abgefragt',
  'findings-not-polled': '{{target}} konnte nicht abgefragt werden: {{error}}',
  'findings-not-polled-next':
    'Bitten Sie die Betreiber des Portals, es zu beheben; gespeicherte Findings bleiben erhalten',
  'scan-unreadable': 'Die neueste Datei konnte nicht gelesen werden: {{error}}',
  'scan-unreadable-next':
    'Senden Sie die Ausgabe des Tools unverändert; siehe docs/scans.md',
  'scan-incomplete':
    'Der neueste Scan von {{tool}} ({{category}}, {{ref}}) ist unvollständig: {{reason}}',
  'scan-incomplete-next':
    'Prüfen Sie, warum der Scanner nicht fertig wurde, und starten Sie ihn erneut',
  'no-live-token-requests':
    'Kein Token für Requests der Umgebung „{{environment}}“ funktioniert: Alle sind abgelaufen, widerrufen oder gesperrt, daher kann nichts gesendet werden',
  'no-live-token-scans':
    'Kein Token für Scans der Umgebung „{{environment}}“ funktioniert: Alle sind abgelaufen, widerrufen oder gesperrt, daher kann nichts gesendet werden',
  'no-live-token-events':
    'Kein Token für Ereignisse der Umgebung „{{environment}}“ funktioniert: Alle sind abgelaufen, widerrufen oder gesperrt, daher kann nichts gesendet werden',
  'create-token': 'Erstellen Sie ein Token und geben Sie es dem Sender',
  'new-token': 'Erstellen Sie ein neues Token und geben Sie es dem Sender',
  'token-expires-requests': 'Ein Token für Requests läuft am {{date}} ab',
  'token-expires-scans': 'Ein Token für Scans läuft am {{date}} ab',
  'token-expires-events': 'Ein Token für Ereignisse läuft am {{date}} ab',
  'replace-token':
    'Erstellen Sie ein zweites Token, geben Sie es dem Sender und widerrufen Sie dann das erste',
  'tokens-replaced_one':
    'Die Entity wurde neu registriert: 1 früheres Token funktioniert nicht mehr',
  'tokens-replaced_other':
    'Die Entity wurde neu registriert: {{count}} frühere Tokens funktionieren nicht mehr',
  'tokens-unpeppered_one':
    '1 Token entstand, bevor das Portal einen zusätzlichen Schlüssel für Tokens bekam (cloudtrace.tokens.pepper); nicht mehr gültig: {{stopped}}',
  'tokens-unpeppered_other':
    '{{count}} Tokens entstanden, bevor das Portal einen zusätzlichen Schlüssel für Tokens bekam (cloudtrace.tokens.pepper); nicht mehr gültig: {{stopped}}',
  'use-token-once':
    'Lassen Sie jeden Sender sein Token vor dem Datum in cloudtrace.tokens.unpepperedUntil einmal verwenden, oder erstellen Sie neue Tokens',
  'figure-spans-stored': 'Vom Portal gespeicherte Spans',
  'figure-spans-ignored': 'Spans, die keine Requests sind',
  'figure-spans-duplicate': 'Doppelt empfangene Spans',
  'figure-spans-rejected': 'Abgewiesene Spans: {{reason}}',
  'span-invalid-trace-id': 'ungültige Trace-Id',
  'span-invalid-span-id': 'ungültige Span-Id',
  'span-no-start-time': 'keine Startzeit',
  'span-ends-before-start': 'endet vor dem Beginn',
  'span-too-old': 'älter als die Aufbewahrung von Requests',
  'span-too-far-in-future': 'zu weit in der Zukunft',
  'figure-queue': 'Wartet auf Speicherung',
  'figure-batch-spans': 'Spans im neuesten Commit',
  'figure-commit-p99': 'Commit-Latenz p99',
  'source-archive': 'Archiv der Requests',
  'archive-days_one': '1 Tag ist in {{location}}: {{newest}}',
  'archive-days_other':
    '{{count}} Tage sind in {{location}}, von {{oldest}} bis {{newest}}',
  'archive-empty': 'Noch ist kein Tag in {{location}}',
  'archive-failed':
    'Die Requests vom {{day}} konnten nicht archiviert werden: {{error}}',
  'archive-failed-next':
    'Nichts geht verloren: Der Tag bleibt in der Datenbank, und das Portal versucht es alle 10 Minuten wieder',
  'archive-late':
    'Die Requests vom {{day}} sollten im Archiv sein, sind aber noch in der Datenbank',
  'figure-archived-requests': 'Archivierte Requests aller Services',
  'figure-archived-bytes': 'Größe des Archivs',
  'figure-table': 'Speicher für {{data}} (Partitionen: {{partitions}})',
  'stored-requests': 'Requests',
  'stored-request_ledger': 'Nachweise angenommener Exporte',
  'stored-rollups_minute': 'Werte je Minute',
  'stored-rollups_hour': 'Werte je Stunde',
  'stored-rollups_day': 'Werte je Tag',
  'figure-rollup-lag': 'Seit dieses Backend zuletzt Rollups verdichtet hat',
  'notice-of-environment': '{{entity}} ({{environment}}): {{notice}}',
  'notice-of-entity': '{{entity}}: {{notice}}',
  'notice-all-lost': 'Keine gesunden Targets übrig',
  'notice-unhealthy': '{{target}} ist ungesund',
  'notice-scaling-failed': 'Skalierung fehlgeschlagen',
  'notice-at-max':
    '{{desired}} von höchstens {{max}} Instanzen sind gewünscht: Die Gruppe kann nicht weiter wachsen',
  'critical-and-high': '{{critical}} kritische und {{high}} hohe',
  'only-critical': '{{critical}} kritische',
  'only-high': '{{high}} hohe',
} as const;
