/** German sentences about changes to Kubernetes workloads and their problems, by code. */
export const workloadsGerman = {
  'scaled-by-autoscaler-above':
    'Autoscaler {{name}}: {{metric}} über dem Zielwert {{target}}',
  'scaled-by-autoscaler-above-some':
    'Autoscaler {{name}}: {{metric}} über dem Zielwert',
  'scaled-by-autoscaler-below':
    'Autoscaler {{name}}: alle Metriken unter ihren Zielwerten',
  'scaled-by-autoscaler-to-max':
    'Autoscaler {{name}}: mehr Pods als sein Maximum',
  'scaled-by-autoscaler-to-min':
    'Autoscaler {{name}}: weniger Pods als sein Minimum',
  'scaled-by-autoscaler-for': 'Autoscaler {{name}}: {{reason}}',
  'scaled-by-keda-active': 'KEDA {{name}}: ein Trigger wurde aktiv',
  'scaled-by-keda-inactive': 'KEDA {{name}}: kein Trigger ist aktiv',
  'scaled-by-spec':
    'Die Anzahl der Replicas wurde von Hand oder von einem Deployment-Werkzeug geändert',
  'scaled-to-paused':
    'Jemand hat die automatische Skalierung durch KEDA bei {{replicas}} Replicas pausiert (Annotation autoscaling.keda.sh/paused-replicas)',
  'scaled-by-something': 'Die Anzahl der Replicas wurde geändert',
  'rolled-out': 'Rollout der Revision {{revision}}: {{image}}',
  'rolled-out-some': 'Rollout von {{image}}',
  'pod-removed-rollout':
    'Pod einer anderen Revision durch einen Rollout entfernt',
  'pod-removed': 'Pod gelöscht',
  'pod-removed-node-lost':
    'Pod gelöscht, weil sein Node ausfiel oder einen Taint erhielt',
  'pod-removed-evicted': 'Pod von seinem Node verdrängt',
  'pod-removed-preempted': 'Pod von einem Pod mit höherer Priorität verdrängt',
  'pod-removed-orphaned': 'Pod gelöscht, weil sein Node nicht mehr existiert',
  'pod-removed-drain':
    'Pod von Node {{node}} verdrängt, der geleert wird (Drain)',
  'pod-removed-eviction-api':
    'Pod über die Eviction API verdrängt, zum Beispiel durch einen Drain',
  'pod-removed-autoscaler':
    'Pod verdrängt, weil der Cluster Autoscaler seinen Node entfernt',
  'pod-replaced':
    'Ersatz für einen Pod, der verdrängt wurde oder mit seinem Node verloren ging',
  'pod-create-failed': 'Ein Pod konnte nicht angelegt werden',
  'container-restarted':
    'Container {{container}} wurde neu gestartet: {{reason}}',
  'node-requested':
    'Der Cluster Autoscaler hat einen Node angefordert, weil ein Pod auf die vorhandenen nicht passte',
  'suspended-rollout':
    'Rollouts sind pausiert: Änderungen des Pod-Templates erreichen die Pods nicht',
  'suspended-autoscaling':
    'Autoscaling ist pausiert: Die Anzahl der Replicas folgt der Last nicht',
  'suspended-autoscaling-at':
    'Autoscaling ist pausiert: KEDA hält {{replicas}} Replicas, bis die Annotation autoscaling.keda.sh/paused-replicas entfernt wird',
  'suspended-scale-in':
    'Scale-in ist pausiert (Annotation autoscaling.keda.sh/paused-scale-in): Die Anzahl der Replicas kann nur wachsen',
  'suspended-scale-out':
    'Scale-out ist pausiert (Annotation autoscaling.keda.sh/paused-scale-out): Die Anzahl der Replicas kann nur sinken',
  'failure-rollout-deadline':
    'Prüfen Sie, warum die neuen Pods nicht bereit werden, und korrigieren Sie das Pod-Template oder machen Sie den Rollout mit "kubectl rollout undo" rückgängig',
  'failure-namespace-quota':
    'Erhöhen Sie die ResourceQuota des Namespace, oder senken Sie die Requests seiner Pods',
  'failure-limit-range':
    'Passen Sie Requests und Limits der Container an die LimitRange des Namespace an',
  'failure-pod-security':
    'Passen Sie den Security Context der Pods an den Pod Security Standard des Namespace an',
  'failure-service-account':
    'Legen Sie den ServiceAccount an, oder korrigieren Sie serviceAccountName im Pod-Template',
  'failure-admission':
    'Passen Sie die Pods an die Policy in der Meldung an, oder bitten Sie deren Verantwortliche um eine Ausnahme',
  'failure-webhook': 'Prüfen Sie, ob der Admission Webhook läuft und antwortet',
  'workload-parts-size': 'Größe und Einstellungen',
  'workload-parts-pods': 'Instanzen und Health',
  'workload-parts-zones': 'Zonen und Ausfälle von Nodes',
  'workload-parts-traffic': 'die Pods, die Requests erhalten,',
  'workload-parts-limits': 'Grenzen und Policies der Skalierung',
  'workload-parts-rollouts': 'Rollouts',
  'workload-parts-events': 'die Ursachen von Änderungen',
  'workload-parts-cpu': 'CPU-Werte',
  'workload-parts-memory': 'Speicherwerte',
  'workload-parts-requests': 'Anfragen pro Sekunde',
  'workload-parts-latencies': 'Latenzen',
  'workload-size-unknown':
    '{{kind}} {{name}} im Cluster {{cluster}} sagt nicht, wie viele Replicas laufen sollen',
  'workload-size-unknown-next':
    'Prüfen Sie das Objekt mit "kubectl get -o yaml", und ob ein Proxy zwischen Portal und Cluster Antworten verändert',
  'workload-unnamed-pods_one':
    '1 Pod von {{name}} im Cluster {{cluster}} hat keinen Namen und wird nicht gezeigt',
  'workload-unnamed-pods_other':
    '{{count}} Pods von {{name}} im Cluster {{cluster}} haben keinen Namen und werden nicht gezeigt',
  'workload-clock-ahead':
    'Zeiten im Cluster {{cluster}} sind der Uhr des Portals um bis zu {{durationMs}} voraus; CloudTrace korrigiert sie nach der Uhr des API-Servers',
  'workload-clock-behind':
    'Die Uhr des Clusters {{cluster}} geht gegenüber der des Portals um {{durationMs}} nach; CloudTrace korrigiert die Zeiten seiner Ereignisse',
  'workload-clock-next':
    'Synchronisieren Sie die Uhren des Clusters und des Portal-Hosts, zum Beispiel mit NTP',
  'hpa-inactive': 'Autoscaler {{name}} skaliert nicht: {{reason}}',
  'hpa-no-resource-metric':
    'Autoscaler {{name}} skaliert nicht: Er kann CPU oder Speicher der Pods nicht lesen',
  'hpa-no-resource-metric-next':
    'Prüfen Sie, ob metrics-server läuft und jeder Container einen Request für die Ressource hat',
  'hpa-no-container-metric':
    'Autoscaler {{name}} skaliert nicht: Er kann CPU oder Speicher eines Containers nicht lesen',
  'hpa-no-container-metric-next':
    'Prüfen Sie, ob metrics-server läuft und ob die Pods den Container haben, den der Autoscaler nennt, mit einem Request für die Ressource',
  'hpa-no-pods-metric':
    'Autoscaler {{name}} skaliert nicht: Er kann eine eigene Metrik der Pods nicht lesen',
  'hpa-no-pods-metric-next':
    'Prüfen Sie, ob der Adapter für custom.metrics.k8s.io läuft und diese Metrik der Pods hat',
  'hpa-no-object-metric':
    'Autoscaler {{name}} skaliert nicht: Er kann eine eigene Metrik eines anderen Objekts nicht lesen',
  'hpa-no-object-metric-next':
    'Prüfen Sie, ob describedObject ein Objekt nennt, das existiert, und ob der Adapter für custom.metrics.k8s.io diese Metrik davon hat',
  'hpa-no-external-metric':
    'Autoscaler {{name}} skaliert nicht: Er kann eine externe Metrik nicht lesen',
  'hpa-no-external-metric-next':
    'Prüfen Sie, ob der Adapter für external.metrics.k8s.io, zum Beispiel KEDA, läuft und die Quelle der Metrik erreicht',
  'hpa-metric-type':
    'Autoscaler {{name}} skaliert nicht: Eine seiner Metriken hat einen Typ, den der Cluster nicht kennt',
  'hpa-metric-type-next':
    'Korrigieren Sie den Typ in spec.metrics des Autoscalers',
  'hpa-selector-invalid':
    'Autoscaler {{name}} skaliert nicht: Der Selector seines Ziels fehlt oder ist ungültig',
  'hpa-selector-invalid-next': 'Geben Sie dem Workload einen gültigen Selector',
  'hpa-selector-ambiguous':
    'Autoscaler {{name}} skaliert nicht: Der Selector seines Ziels wählt auch Pods eines anderen Autoscalers aus',
  'hpa-selector-ambiguous-next':
    'Geben Sie jedem Workload einen eigenen Selector und nur einen Autoscaler',
  'hpa-size-unread':
    'Autoscaler {{name}} skaliert nicht: Er kann die Größe seines Ziels nicht lesen',
  'hpa-size-unread-next':
    'Prüfen Sie, ob scaleTargetRef einen Workload nennt, der existiert',
  'hpa-size-not-set':
    'Autoscaler {{name}} skaliert nicht: Er kann die Größe seines Ziels nicht ändern',
  'hpa-size-not-set-next':
    'Lesen Sie den Fehler mit "kubectl describe hpa", und prüfen Sie, ob ein Admission-Webhook oder eine Policy die Änderung ablehnt',
  'hpa-several':
    'Mehrere Autoscaler ändern die Größe von {{name}} und heben sich gegenseitig auf: {{autoscalers}}; CloudTrace zeigt Grenzen und Metriken von {{shown}}',
  'hpa-several-next':
    'Behalten Sie einen Autoscaler, und übernehmen Sie die Metriken der anderen',
  'hpa-inactive-next':
    'Prüfen Sie die Bedingungen des Autoscalers mit "kubectl describe hpa"',
  'keda-not-ready': 'KEDA skaliert {{name}} nicht: {{reason}}',
  'keda-not-ready-next':
    'Prüfen Sie die Trigger und ihre Anmeldung mit "kubectl describe scaledobject"',
} as const;
