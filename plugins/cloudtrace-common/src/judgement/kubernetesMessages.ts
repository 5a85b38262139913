/** Why Kubernetes clusters or workloads cannot be read or linked, and how to fix it. */
export const kubernetesMessages = {
  'kubernetes-not-configured': 'Kubernetes is not configured',
  'kubernetes-not-configured-next':
    "Add clusters to kubernetes.clusterLocatorMethods in the portal's configuration, as for Backstage's Kubernetes plugin; docs/kubernetes.md shows how",
  'kubernetes-method-unread':
    "kubernetes.clusterLocatorMethods contains the type '{{type}}', which CloudTrace does not read",
  'kubernetes-method-unread-next':
    'List the clusters under the type config, or add a supplier with kubernetesFleetExtensionPoint; plugins/cloudtrace-backend-module-kubernetes/README.md shows how',
  'kubernetes-clusters-unread':
    'The list of Kubernetes clusters could not be read',
  'kubernetes-clusters-first-read':
    'The list of Kubernetes clusters is being read for the first time',
  'kubernetes-denied':
    "Cluster '{{cluster}}' does not allow CloudTrace to list and watch {{kinds}}",
  'kubernetes-list-denied':
    "Cluster '{{cluster}}' does not allow CloudTrace to list {{kinds}}",
  'kubernetes-no-metrics-api':
    "Cluster '{{cluster}}' has no metrics-server, so CPU and memory per pod of {{name}} are not shown",
  'kubernetes-no-metrics-api-next':
    'Install metrics-server in the cluster, or configure cloudtrace.kubernetes.prometheus; CloudTrace finds metrics-server within a minute',
  'kubernetes-metrics-api-next':
    'Check metrics-server: kubectl get apiservice v1beta1.metrics.k8s.io; CloudTrace tries again within a minute',
  'metrics-server-none':
    "metrics-server of cluster '{{cluster}}' returned no measurements of the running pods",
  'metrics-server-none-next':
    'Run kubectl top pods --namespace {{namespace}}; if it shows nothing either, check the log of metrics-server',
  'metrics-server-old':
    "metrics-server of cluster '{{cluster}}' returned only measurements older than 3 minutes",
  'metrics-server-old-next':
    'Check the log of metrics-server, and the clocks of the nodes and of the portal',
  'prometheus-unread':
    "Prometheus of cluster '{{cluster}}' could not be read ({{queries}}): {{reason}}",
  'prometheus-unread-next':
    "Check cloudtrace.kubernetes.prometheus in the portal's configuration, and that the portal reaches that URL; the portal's log has the error",
  'prometheus-untrusted-next':
    'Set caFile in cloudtrace.kubernetes.prometheus to a PEM file of the authority that signed the certificate of Prometheus, or remove it if a public authority signed it; check that the certificate is valid for the URL',
  'prometheus-authority-invalid':
    'its caFile contains no certificate that can be read',
  'prometheus-authority-invalid-next':
    'Set caFile in cloudtrace.kubernetes.prometheus to a PEM file that the portal can read',
  'prometheus-no-vector':
    'it did not send one value per pod (an instant vector)',
  'prometheus-no-labels': 'no value has the labels namespace and pod',
  'prometheus-no-labels-next':
    'Change the query in cloudtrace.kubernetes.prometheus so that it keeps both labels, for example with sum by (namespace, pod) (…)',
  'prometheus-partial': 'it responded with warnings, so values may be missing',
  'prometheus-partial-next':
    "Read the warnings in the portal's log; with Thanos, check that all stores respond",
  'prometheus-none':
    "Prometheus of cluster '{{cluster}}' returned no values of the running pods ({{queries}})",
  'prometheus-none-next':
    'Run the query in Prometheus; if it returns nothing for the namespace {{namespace}}, check what Prometheus scrapes there, and labels and queries in cloudtrace.kubernetes.prometheus',
  'prometheus-old':
    "Prometheus of cluster '{{cluster}}' returned only values older than 3 minutes ({{queries}})",
  'prometheus-old-next':
    'Synchronize the clocks of Prometheus and of the portal',
  'prometheus-cluster-unknown':
    "cloudtrace.kubernetes.prometheus names the cluster '{{cluster}}', which CloudTrace does not know",
  'prometheus-cluster-unknown-next':
    "Correct the name in the portal's configuration: it must be that of a cluster in the kubernetes section",
  'kubernetes-unread':
    "Cluster '{{cluster}}' could not be read ({{kinds}}): {{reason}}",
  'kubernetes-first-read':
    "Cluster '{{cluster}}' is being read for the first time ({{kinds}})",
  'kubernetes-first-read-next': 'Wait a minute; large clusters take longer',
  'kubernetes-kinds': '{{kinds}} and {{more}} more',
  'kubernetes-state-old': '{{state}}; the last known state is shown',
  'kubernetes-state-unknown': '{{state}}, so {{parts}} of {{name}} are unknown',
  'kubernetes-responded': 'it responded with HTTP {{status}}',
  'kubernetes-foreign-404':
    'something other than its API server responded with HTTP 404 ({{from}})',
  'kubernetes-timed-out': 'it did not respond in time',
  'kubernetes-redirected': 'it redirected the request',
  'kubernetes-unreachable': 'it could not be reached',
  'kubernetes-unreachable-named': 'it could not be reached ({{error}})',
  'kubernetes-untrusted': 'its certificate is not trusted ({{error}})',
  'kubernetes-untrusted-next':
    "Set caData or caFile of the cluster to the certificate authority that signed the API server's certificate, or remove both if a public authority signed it; check that the certificate is valid for the URL",
  'kubernetes-authority-invalid':
    'its caData or caFile contains no certificate that can be read',
  'kubernetes-authority-invalid-next':
    'Set caData to the Base64 of a PEM certificate, or caFile to a file with one that the portal can read',
  'kubernetes-no-list': 'it did not send a list of the Kubernetes API',
  'kubernetes-no-version': 'it sent a list without a version',
  'kubernetes-no-event': 'it did not send a watch event of the Kubernetes API',
  'kubernetes-too-large': 'it sent an object that is too large',
  'kubernetes-list-too-large':
    'it sent a list of more than 4 GB, 128 MB per page or 2,000 pages',
  'kubernetes-list-repeated': 'it sent the same page of a list again',
  'kubernetes-no-strategy':
    "it uses the authProvider '{{provider}}', which CloudTrace has no strategy for",
  'kubernetes-no-credentials':
    'its authentication strategy returned no credentials',
  'kubernetes-no-credentials-next':
    "Check what the portal's log says about the credentials of this cluster, and the permissions of the portal's identity in the cloud; if the problem stays, restart the portal",
  'kubernetes-no-token':
    'it has no serviceAccountToken, and the portal has no mounted token',
  'kubernetes-access-denied-next':
    'Apply docs/kubernetes/cluster-role.yaml to the cluster and bind it to the identity that the portal uses there; CloudTrace tries again within a minute',
  'kubernetes-expired-credentials-next':
    "Renew the cluster's credentials in the kubernetes section of the portal's configuration; CloudTrace reads them again by itself if they come from a file or a cloud",
  'kubernetes-not-enabled-next':
    'Check that the URL of the cluster in the kubernetes section is that of its API server, and that the cluster is not older than Kubernetes 1.23',
  'kubernetes-throttled-next':
    'CloudTrace calls less often; if the throttling persists, check the priority and fairness settings of the cluster',
  'kubernetes-timeout-next':
    'Check the network between the portal and the cluster; CloudTrace tries again',
  'kubernetes-unavailable-next':
    "Check that the portal reaches the cluster's API server; CloudTrace tries again",
  'kubernetes-invalid-request-next':
    'Check that the URL of the cluster is that of its API server',
  'kubernetes-invalid-response-next':
    'Check that the URL of the cluster is that of its API server, and that no proxy or sign-in page responds instead',
  'kubernetes-account-not-configured-next':
    'Add an authentication strategy with kubernetesFleetExtensionPoint; plugins/cloudtrace-backend-module-kubernetes/README.md shows how',
  'kubernetes-annotation-invalid':
    'The annotation {{annotation}} does not contain {{expected}}',
  'kubernetes-annotation-invalid-next': 'Use {{expected}}',
  'kubernetes-expected-id': 'the value of a label (at most 63 characters)',
  'kubernetes-expected-selector':
    'a label selector such as app=orders,tier in (web)',
  'kubernetes-expected-namespace': 'the name of one namespace',
  'kubernetes-cluster-not-configured':
    'The annotation {{annotation}} names a cluster that CloudTrace does not read',
  'kubernetes-cluster-not-configured-next':
    'Correct the name, or ask the platform team to add the cluster to kubernetes.clusterLocatorMethods',
  'kubernetes-not-linked':
    '{{annotation}}: no workload both matches the annotations and carries a label that names this entity',
  'kubernetes-not-linked-so-far':
    '{{annotation}}: none of the workloads that could be read both matches the annotations and carries a label that names this entity',
  'kubernetes-not-linked-next':
    'Set the label {{label}} in metadata.labels of the Deployment, StatefulSet, DaemonSet or Rollout, and check {{namespace}}',
  'kubernetes-not-linked-shared-next':
    'Set the label {{label}} in metadata.labels of the Deployment, StatefulSet, DaemonSet or Rollout, and check {{namespace}}. If entities of other owners use this id, set {{entityLabel}} instead',
  'kubernetes-id-disputed':
    'Entities of several owners claim the workloads with the label {{label}}, so none of them shows these workloads',
  'kubernetes-id-disputed-next':
    'Set the label {{entityLabel}} in metadata.labels of the workloads that belong to this entity; it decides',
  'kubernetes-id-disputed-long-next':
    'Agree on another value of {{annotation}} with the other owners: the name of this entity is too long for a label of its own',
  'kubernetes-environment-other':
    '{{annotation}}: workloads were found, but their label {{label}} names another environment ({{environments}})',
  'kubernetes-environment-other-next':
    'List that environment in the annotation {{environments}} of the component, or set the label {{label}} in metadata.labels of the workload',
  'kubernetes-environment-unnamed':
    '{{annotation}}: workloads were found, but without the label {{label}}, so they belong to another environment',
  'kubernetes-environment-unnamed-next':
    'If they belong to this environment, set the label {{label}} in metadata.labels of the workload; otherwise, set the label to the name of theirs',
  'kubernetes-cluster-removed':
    'The cluster of this workload is not configured',
  'kubernetes-cluster-removed-next':
    'Add it to kubernetes.clusterLocatorMethods, or remove the annotation',
  'kubernetes-gone': "The {{kind}} '{{name}}' no longer exists",
  'kubernetes-gone-next':
    'Nothing if it was deleted on purpose; its history stays until it expires',
  'kubernetes-objects-unread':
    "CloudTrace could not read the objects of '{{name}}'",
} as const;
