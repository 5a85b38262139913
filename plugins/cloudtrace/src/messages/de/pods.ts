/** German sentences about the states of pods, by code. */
export const podsGerman = {
  'pod-because': '{{what}}: {{reason}}',
  'pod-facts': '{{first}}, {{rest}}',
  'pod-exit-code': 'Exit-Code {{exitCode}}',
  'pod-exit-code-signal': 'Exit-Code {{exitCode}} ({{signal}})',
  'pod-exit-code-unknown': 'Exit-Code unbekannt',
  'pod-limit': 'Limit {{limit}}',
  'pod-no-limit': 'kein eigenes Speicher-Limit',
  'pod-restarted_one': 'einmal neu gestartet',
  'pod-restarted_other': '{{count}}-mal neu gestartet',
  'pod-finalizers': 'Finalizer {{names}}',
  'pod-crash-loop': 'Ein Container stürzt immer wieder ab',
  'pod-crash-loop-next':
    'Lesen Sie das Log des vorherigen Laufs mit "kubectl logs --previous", und beheben Sie, was den Prozess beendet',
  'pod-container-exited': 'Ein Container endete und wird neu gestartet',
  'pod-container-exited-next':
    'Lesen Sie das Log des vorherigen Laufs mit "kubectl logs --previous"',
  'pod-out-of-memory':
    'Ein Container brauchte mehr Speicher als sein Limit und wurde beendet',
  'pod-out-of-memory-next':
    'Finden Sie heraus, was den Speicher braucht, oder erhöhen Sie das Speicherlimit des Containers',
  'pod-image-pull': 'Das Image eines Containers konnte nicht geladen werden',
  'pod-image-pull-next':
    'Prüfen Sie Namen und Tag des Images, das Pull Secret, und ob der Node die Registry erreicht',
  'pod-image-name': 'Der Name eines Images ist ungültig',
  'pod-image-name-next': 'Korrigieren Sie das Image im Pod-Template',
  'pod-image-never-pull':
    'Das Image ist nicht auf dem Node, und die Pull Policy erlaubt nicht, es zu laden',
  'pod-image-never-pull-next':
    'Laden Sie das Image auf den Node, oder ändern Sie imagePullPolicy',
  'pod-image-rejected':
    'Der Node konnte das Image nicht untersuchen oder seine Signatur nicht prüfen',
  'pod-image-rejected-next':
    'Prüfen Sie, ob das Image vollständig ist und so signiert, wie der Cluster es verlangt',
  'pod-container-config':
    'Ein Container verweist auf eine ConfigMap, ein Secret oder eine Einstellung, die fehlt oder ungültig ist',
  'pod-container-config-next':
    'Legen Sie an, was die Meldung nennt, oder korrigieren Sie den Verweis im Pod-Template',
  'pod-container-start': 'Ein Container konnte nicht gestartet werden',
  'pod-container-start-next':
    'Prüfen Sie Kommando, Mounts, Hooks und Sicherheitseinstellungen des Containers',
  'pod-volume':
    'Ein Volume des Pods konnte nicht angehängt oder eingehängt werden',
  'pod-volume-next':
    'Prüfen Sie, ob Volume, Secret oder ConfigMap existiert und nicht an einem anderen Node hängt',
  'pod-sandbox': 'Der Node konnte Netzwerk oder Sandbox des Pods nicht anlegen',
  'pod-sandbox-next':
    'Prüfen Sie das Netzwerk-Plugin und die Container-Laufzeit des Nodes',
  'pod-init-container':
    'Ein Init-Container schlägt fehl, deshalb kann der Pod nicht starten',
  'pod-init-container-next':
    'Lesen Sie das Log des Init-Containers, und beheben Sie, warum er fehlschlägt',
  'pod-readiness-probe':
    'Die Readiness Probe schlägt fehl, deshalb erhält der Pod keine Requests',
  'pod-readiness-probe-next':
    'Rufen Sie den Endpunkt der Probe im Pod auf, und prüfen Sie das Log des Containers',
  'pod-liveness-probe':
    'Die Liveness Probe schlägt fehl, deshalb wird der Container neu gestartet',
  'pod-liveness-probe-next':
    'Prüfen Sie, ob der Prozess hängt oder überlastet ist; geben Sie der Probe mehr Zeit, falls er nur langsam ist',
  'pod-startup-probe': 'Die Startup Probe war noch nicht erfolgreich',
  'pod-startup-probe-next':
    'Prüfen Sie das Log des Containers; geben Sie der Probe mehr Zeit, falls der Prozess langsam startet',
  'pod-readiness-gate': 'Ein Readiness Gate des Pods ist nicht erfüllt',
  'pod-readiness-gate-next':
    'Prüfen Sie den Controller, der die Bedingung setzt, zum Beispiel den Load Balancer Controller',
  'pod-not-ready':
    'Der Pod ist nicht bereit, und der Cluster nennt keinen Grund',
  'pod-not-ready-next': 'Prüfen Sie Events und Logs des Pods',
  'pod-not-ready-other':
    'Der Pod ist aus einem Grund nicht bereit, den CloudTrace nicht kennt',
  'pod-not-ready-other-next': 'Prüfen Sie die Events des Pods',
  'pod-unschedulable': 'Kein Node kann den Pod ausführen',
  'pod-unschedulable-next':
    'Fügen Sie Nodes hinzu, oder senken Sie die Requests des Pods; vergleichen Sie Node Selector, Tolerations und Volumes mit der Meldung des Schedulers',
  'pod-scheduling-gated':
    'Der Pod wartet, bis seine Scheduling Gates entfernt sind',
  'pod-scheduling-gated-next':
    'Prüfen Sie den Controller, der die Scheduling Gates entfernt',
  'pod-scheduling': 'Der Pod wartet auf einen Node',
  'pod-starting': 'Der Pod startet',
  'pod-evicted': 'Der Node hat den Pod verdrängt',
  'pod-evicted-next':
    'Geben Sie dem Pod Requests, die zu seinem Verbrauch passen, oder dem Node mehr von der genannten Ressource',
  'pod-preempted': 'Der Pod machte einem Pod mit höherer Priorität Platz',
  'pod-preempted-next':
    'Fügen Sie Nodes hinzu, oder erhöhen Sie die Prioritätsklasse des Pods',
  'pod-node-shutdown': 'Der Node wurde heruntergefahren',
  'pod-node-shutdown-next':
    'Prüfen Sie im Skalierungsverlauf, warum der Node heruntergefahren wurde',
  'pod-rejected': 'Der Node hat den Pod abgelehnt',
  'pod-rejected-next':
    'Vergleichen Sie Ressourcen und Labels des Nodes mit dem Pod',
  'pod-deadline': 'Der Pod hat seine Frist überschritten',
  'pod-deadline-next': 'Entfernen oder erhöhen Sie activeDeadlineSeconds',
  'pod-failed': 'Der Pod ist fehlgeschlagen',
  'pod-failed-next': 'Prüfen Sie Events und Logs des Pods',
  'pod-completed': 'Die Container des Pods endeten ohne Fehler',
  'pod-completed-next':
    'Prüfen Sie, warum der Prozess endete: Ein Service soll weiterlaufen',
  'pod-terminating':
    'Der Pod wird gelöscht: Er beendet offene Requests, neue gehen an andere',
  'pod-drained':
    'Der Pod wird von seinem Node verdrängt, zum Beispiel durch einen Drain',
  'pod-stuck-terminating': 'Der Pod sollte beendet sein, existiert aber noch',
  'pod-stuck-terminating-next':
    'Prüfen Sie die Finalizer des Pods, und ob sein Node antwortet',
  'pod-no-service':
    'Der Pod ist bereit, aber kein Service schickt ihm Requests: Keiner wählt ihn aus',
  'pod-no-service-next':
    'Soll er Requests erhalten, vergleichen Sie den Selector des Service mit den Labels des Pods',
  'pod-service-mismatch':
    'Der Pod ist bereit, erhält aber keine Requests: Der Service mit dem Namen seines Workloads wählt keinen Pod aus',
  'pod-service-mismatch-next':
    'Vergleichen Sie den Selector des Service mit den Labels des Pods',
  'pod-no-service-port':
    'Der Pod hat keinen Port, an den sein Service Requests schickt',
  'pod-no-service-port-next':
    'Vergleichen Sie targetPort des Service mit den Namen der Ports im Pod-Template',
  'pod-not-in-endpoints':
    'Der Pod ist bereit, aber sein Service schickt ihm keine Requests',
  'pod-not-in-endpoints-next':
    'Bleibt es dabei, prüfen Sie die EndpointSlices des Service',
  'pod-traffic-unknown':
    'Der Pod ist bereit, aber ob er Requests erhält, ist unbekannt',
  'pod-traffic-unknown-next':
    'Prüfen Sie auf der Seite Diagnose, warum Services oder EndpointSlices des Clusters nicht gelesen werden können',
  'pod-phase-unknown': 'Der Zustand des Pods ist unbekannt',
  'pod-phase-unknown-next':
    'Prüfen Sie, ob der Node des Pods antwortet, und das Objekt mit "kubectl get pod -o yaml"',
  'node-not-ready': 'Der Node des Pods ist nicht bereit',
  'node-not-ready-next':
    'Prüfen Sie die Bedingungen des Nodes und das Log seines Kubelets',
  'node-unreachable': 'Der Node des Pods antwortet nicht',
  'node-unreachable-next':
    'Prüfen Sie die Maschine des Nodes und ihr Netzwerk; der Cluster ersetzt den Pod, wenn seine Tolerations ablaufen',
  'node-gone': 'Der Node des Pods existiert nicht mehr',
  'node-gone-next':
    'Nichts zu tun, wenn der Pod ersetzt wird; sonst löschen Sie den Pod',
} as const;
