/** German sentences about Kubernetes clusters and workloads that cannot be read or linked, by code. */
export const kubernetesGerman = {
  'kubernetes-not-configured': 'Kubernetes ist nicht konfiguriert',
  'kubernetes-not-configured-next':
    'Fügen Sie Cluster zu kubernetes.clusterLocatorMethods in der Konfiguration des Portals hinzu, wie für das Kubernetes-Plugin von Backstage; docs/kubernetes.md zeigt, wie',
  'kubernetes-method-unread':
    'kubernetes.clusterLocatorMethods enthält den Typ „{{type}}“, den CloudTrace nicht liest',
  'kubernetes-method-unread-next':
    'Führen Sie die Cluster unter dem Typ config auf, oder fügen Sie mit kubernetesFleetExtensionPoint einen Supplier hinzu; plugins/cloudtrace-backend-module-kubernetes/README.md zeigt, wie',
  'kubernetes-clusters-unread':
    'Die Liste der Kubernetes-Cluster konnte nicht gelesen werden',
  'kubernetes-clusters-first-read':
    'Die Liste der Kubernetes-Cluster wird zum ersten Mal gelesen',
  'kubernetes-list-denied':
    'Cluster „{{cluster}}“ erlaubt CloudTrace nicht, {{kinds}} aufzulisten',
  'kubernetes-no-metrics-api':
    'Cluster „{{cluster}}“ hat keinen metrics-server, deshalb werden CPU und Speicher pro Pod von {{name}} nicht gezeigt',
  'kubernetes-no-metrics-api-next':
    'Installieren Sie metrics-server im Cluster, oder konfigurieren Sie cloudtrace.kubernetes.prometheus; CloudTrace findet metrics-server innerhalb einer Minute',
  'kubernetes-metrics-api-next':
    'Prüfen Sie metrics-server: kubectl get apiservice v1beta1.metrics.k8s.io; CloudTrace versucht es innerhalb einer Minute erneut',
  'metrics-server-none':
    'metrics-server des Clusters „{{cluster}}“ lieferte keine Messwerte der laufenden Pods',
  'metrics-server-none-next':
    'Führen Sie kubectl top pods --namespace {{namespace}} aus; zeigt auch das nichts, prüfen Sie das Log von metrics-server',
  'metrics-server-old':
    'metrics-server des Clusters „{{cluster}}“ lieferte nur Messwerte, die älter als 3 Minuten sind',
  'metrics-server-old-next':
    'Prüfen Sie das Log von metrics-server sowie die Uhren der Nodes und des Portals',
  'prometheus-unread':
    'Prometheus des Clusters „{{cluster}}“ konnte nicht gelesen werden ({{queries}}): {{reason}}',
  'prometheus-unread-next':
    'Prüfen Sie cloudtrace.kubernetes.prometheus in der Konfiguration des Portals, und ob das Portal diese URL erreicht; den Fehler enthält das Log des Portals',
  'prometheus-untrusted-next':
    'Setzen Sie caFile in cloudtrace.kubernetes.prometheus auf eine PEM-Datei der Zertifizierungsstelle, die das Zertifikat von Prometheus signiert hat, oder entfernen Sie es, wenn eine öffentliche Stelle es signiert hat; prüfen Sie auch, ob das Zertifikat für die URL gilt',
  'prometheus-authority-invalid':
    'sein caFile enthält kein lesbares Zertifikat',
  'prometheus-authority-invalid-next':
    'Setzen Sie caFile in cloudtrace.kubernetes.prometheus auf eine PEM-Datei, die das Portal lesen kann',
  'prometheus-no-vector':
    'er hat nicht einen Wert pro Pod (einen Instant Vector) gesendet',
  'prometheus-no-labels': 'kein Wert hat die Labels namespace und pod',
  'prometheus-no-labels-next':
    'Ändern Sie die Abfrage in cloudtrace.kubernetes.prometheus so, dass sie beide Labels behält, zum Beispiel mit sum by (namespace, pod) (…)',
  'prometheus-partial':
    'er antwortete mit Warnungen, deshalb können Werte fehlen',
  'prometheus-partial-next':
    'Lesen Sie die Warnungen im Log des Portals; prüfen Sie bei Thanos, ob alle Stores antworten',
  'prometheus-none':
    'Prometheus des Clusters „{{cluster}}“ lieferte keine Werte der laufenden Pods ({{queries}})',
  'prometheus-none-next':
    'Führen Sie die Abfrage in Prometheus aus; liefert sie nichts für den Namespace {{namespace}}, prüfen Sie, was Prometheus dort abfragt, sowie labels und queries in cloudtrace.kubernetes.prometheus',
  'prometheus-old':
    'Prometheus des Clusters „{{cluster}}“ lieferte nur Werte, die älter als 3 Minuten sind ({{queries}})',
  'prometheus-old-next':
    'Synchronisieren Sie die Uhren von Prometheus und des Portals',
  'prometheus-cluster-unknown':
    'cloudtrace.kubernetes.prometheus nennt den Cluster „{{cluster}}“, den CloudTrace nicht kennt',
  'prometheus-cluster-unknown-next':
    'Korrigieren Sie den Namen in der Konfiguration des Portals: Er muss der eines Clusters im Abschnitt kubernetes sein',
  'kubernetes-denied':
    'Cluster „{{cluster}}“ erlaubt CloudTrace list und watch nicht für {{kinds}}',
  'kubernetes-unread':
    'Cluster „{{cluster}}“ konnte nicht gelesen werden ({{kinds}}): {{reason}}',
  'kubernetes-first-read':
    'Cluster „{{cluster}}“ wird zum ersten Mal gelesen ({{kinds}})',
  'kubernetes-first-read-next':
    'Warten Sie eine Minute; große Cluster brauchen länger',
  'kubernetes-kinds': '{{kinds}} und {{more}} weitere',
  'kubernetes-state-old': '{{state}}; der letzte bekannte Zustand wird gezeigt',
  'kubernetes-state-unknown':
    '{{state}}, deshalb sind {{parts}} von {{name}} unbekannt',
  'kubernetes-responded': 'er antwortete mit HTTP {{status}}',
  'kubernetes-foreign-404':
    'etwas anderes als sein API-Server antwortete mit HTTP 404 ({{from}})',
  'kubernetes-timed-out': 'er antwortete nicht rechtzeitig',
  'kubernetes-redirected': 'er leitete die Anfrage um',
  'kubernetes-unreachable': 'er war nicht erreichbar',
  'kubernetes-unreachable-named': 'er war nicht erreichbar ({{error}})',
  'kubernetes-untrusted':
    'sein Zertifikat ist nicht vertrauenswürdig ({{error}})',
  'kubernetes-untrusted-next':
    'Setzen Sie caData oder caFile des Clusters auf die Zertifizierungsstelle, die das Zertifikat des API-Servers signiert hat, oder entfernen Sie beide, wenn eine öffentliche Stelle es signiert hat; prüfen Sie, ob das Zertifikat für die URL gilt',
  'kubernetes-authority-invalid':
    'sein caData oder caFile enthält kein lesbares Zertifikat',
  'kubernetes-authority-invalid-next':
    'Setzen Sie caData auf das Base64 eines PEM-Zertifikats, oder caFile auf eine Datei mit einem solchen, die das Portal lesen kann',
  'kubernetes-no-list': 'er sendete keine Liste der Kubernetes-API',
  'kubernetes-no-version': 'er sendete eine Liste ohne Version',
  'kubernetes-no-event': 'er sendete kein Watch-Ereignis der Kubernetes-API',
  'kubernetes-too-large': 'er sendete ein zu großes Objekt',
  'kubernetes-list-too-large':
    'er sendete eine Liste von mehr als 4 GB, 128 MB pro Seite oder 2.000 Seiten',
  'kubernetes-list-repeated': 'er sendete dieselbe Seite einer Liste erneut',
  'kubernetes-no-strategy':
    'er verwendet den authProvider „{{provider}}“, für den CloudTrace keine Strategie hat',
  'kubernetes-no-credentials':
    'seine Strategie zur Anmeldung lieferte keine Zugangsdaten',
  'kubernetes-no-credentials-next':
    'Prüfen Sie, was das Log des Portals über die Zugangsdaten dieses Clusters sagt, und die Berechtigungen der Identität des Portals in der Cloud; bleibt das Problem, starten Sie das Portal neu',
  'kubernetes-no-token':
    'er hat kein serviceAccountToken, und das Portal hat kein eingehängtes Token',
  'kubernetes-access-denied-next':
    'Wenden Sie docs/kubernetes/cluster-role.yaml auf den Cluster an, und binden Sie die Rolle an die Identität, die das Portal dort verwendet; CloudTrace versucht es innerhalb einer Minute erneut',
  'kubernetes-expired-credentials-next':
    'Erneuern Sie die Zugangsdaten des Clusters im Abschnitt kubernetes der Konfiguration des Portals; kommen sie aus einer Datei oder einer Cloud, liest CloudTrace sie von selbst neu',
  'kubernetes-not-enabled-next':
    'Prüfen Sie, ob die URL des Clusters im Abschnitt kubernetes die seines API-Servers ist und der Cluster nicht älter als Kubernetes 1.23 ist',
  'kubernetes-throttled-next':
    'CloudTrace ruft seltener auf; hält die Drosselung an, prüfen Sie die Einstellungen für Priorität und Fairness des Clusters',
  'kubernetes-timeout-next':
    'Prüfen Sie das Netzwerk zwischen Portal und Cluster; CloudTrace versucht es erneut',
  'kubernetes-unavailable-next':
    'Prüfen Sie, ob das Portal den API-Server des Clusters erreicht; CloudTrace versucht es erneut',
  'kubernetes-invalid-request-next':
    'Prüfen Sie, ob die URL des Clusters die seines API-Servers ist',
  'kubernetes-invalid-response-next':
    'Prüfen Sie, ob die URL des Clusters die seines API-Servers ist, und ob ein Proxy oder eine Anmeldeseite stattdessen antwortet',
  'kubernetes-account-not-configured-next':
    'Fügen Sie mit kubernetesFleetExtensionPoint eine Strategie zur Anmeldung hinzu; plugins/cloudtrace-backend-module-kubernetes/README.md zeigt, wie',
  'kubernetes-annotation-invalid':
    'Die Annotation {{annotation}} enthält nicht {{expected}}',
  'kubernetes-annotation-invalid-next': 'Verwenden Sie {{expected}}',
  'kubernetes-expected-id': 'den Wert eines Labels (höchstens 63 Zeichen)',
  'kubernetes-expected-selector':
    'einen Label-Selector wie app=orders,tier in (web)',
  'kubernetes-expected-namespace': 'den Namen genau eines Namespace',
  'kubernetes-cluster-not-configured':
    'Die Annotation {{annotation}} nennt einen Cluster, den CloudTrace nicht liest',
  'kubernetes-cluster-not-configured-next':
    'Korrigieren Sie den Namen, oder bitten Sie das Plattform-Team, den Cluster zu kubernetes.clusterLocatorMethods hinzuzufügen',
  'kubernetes-not-linked':
    '{{annotation}}: Kein Workload passt zu den Annotationen und trägt zugleich ein Label, das diese Entity nennt',
  'kubernetes-not-linked-so-far':
    '{{annotation}}: Keiner der Workloads, die gelesen werden konnten, passt zu den Annotationen und trägt zugleich ein Label, das diese Entity nennt',
  'kubernetes-not-linked-next':
    'Setzen Sie das Label {{label}} in metadata.labels von Deployment, StatefulSet, DaemonSet oder Rollout, und prüfen Sie {{namespace}}',
  'kubernetes-not-linked-shared-next':
    'Setzen Sie das Label {{label}} in metadata.labels von Deployment, StatefulSet, DaemonSet oder Rollout, und prüfen Sie {{namespace}}. Verwenden Entities anderer Besitzer diese Id, setzen Sie stattdessen {{entityLabel}}',
  'kubernetes-id-disputed':
    'Entities mehrerer Besitzer beanspruchen die Workloads mit dem Label {{label}}, deshalb zeigt keine von ihnen diese Workloads',
  'kubernetes-id-disputed-next':
    'Setzen Sie das Label {{entityLabel}} in metadata.labels der Workloads, die zu dieser Entity gehören; es entscheidet',
  'kubernetes-id-disputed-long-next':
    'Einigen Sie sich mit den anderen Besitzern auf einen anderen Wert von {{annotation}}: Der Name dieser Entity ist zu lang für ein eigenes Label',
  'kubernetes-environment-other':
    '{{annotation}}: Workloads wurden gefunden, aber ihr Label {{label}} nennt eine andere Umgebung ({{environments}})',
  'kubernetes-environment-other-next':
    'Führen Sie diese Umgebung in der Annotation {{environments}} der Komponente auf, oder setzen Sie das Label {{label}} in metadata.labels des Workloads',
  'kubernetes-environment-unnamed':
    '{{annotation}}: Workloads wurden gefunden, aber ohne das Label {{label}}, deshalb gehören sie zu einer anderen Umgebung',
  'kubernetes-environment-unnamed-next':
    'Gehören sie zu dieser Umgebung, setzen Sie das Label {{label}} in metadata.labels des Workloads; sonst setzen Sie das Label auf den Namen der ihren',
  'kubernetes-cluster-removed':
    'Der Cluster dieses Workloads ist nicht konfiguriert',
  'kubernetes-cluster-removed-next':
    'Fügen Sie ihn zu kubernetes.clusterLocatorMethods hinzu, oder entfernen Sie die Annotation',
  'kubernetes-gone': '{{kind}} „{{name}}“ existiert nicht mehr',
  'kubernetes-gone-next':
    'Nichts, wenn das Löschen gewollt war; die Historie bleibt, bis sie abläuft',
  'kubernetes-objects-unread':
    'CloudTrace konnte die Objekte von „{{name}}“ nicht lesen',
} as const;
