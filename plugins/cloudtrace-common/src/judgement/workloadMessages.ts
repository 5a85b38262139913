/** Causes of changes to a Kubernetes workload, and problems of reading or scaling it. */
export const workloadMessages = {
  'scaled-by-autoscaler-above':
    'Autoscaler {{name}}: {{metric}} above its target of {{target}}',
  'scaled-by-autoscaler-above-some':
    'Autoscaler {{name}}: {{metric}} above its target',
  'scaled-by-autoscaler-below':
    'Autoscaler {{name}}: all metrics below their targets',
  'scaled-by-autoscaler-to-max':
    'Autoscaler {{name}}: more pods than its maximum',
  'scaled-by-autoscaler-to-min':
    'Autoscaler {{name}}: fewer pods than its minimum',
  'scaled-by-autoscaler-for': 'Autoscaler {{name}}: {{reason}}',
  'scaled-by-keda-active': 'KEDA {{name}}: a trigger became active',
  'scaled-by-keda-inactive': 'KEDA {{name}}: no trigger is active',
  'scaled-by-spec':
    'The number of replicas was changed by hand or by a deployment tool',
  'scaled-to-paused':
    'Someone paused the autoscaling of KEDA at {{replicas}} replicas (annotation autoscaling.keda.sh/paused-replicas)',
  'scaled-by-something': 'The number of replicas was changed',
  'rolled-out': 'Rollout of revision {{revision}}: {{image}}',
  'rolled-out-some': 'Rollout of {{image}}',
  'pod-removed': 'Pod deleted',
  'pod-removed-rollout': 'Pod of another revision removed by a rollout',
  'pod-removed-node-lost': 'Pod deleted because its node failed or was tainted',
  'pod-removed-evicted': 'Pod evicted by its node',
  'pod-removed-preempted': 'Pod preempted by a pod of higher priority',
  'pod-removed-orphaned': 'Pod deleted because its node no longer exists',
  'pod-removed-drain': 'Pod evicted from node {{node}}, which is being drained',
  'pod-removed-eviction-api':
    'Pod evicted through the Eviction API, for example by a drain',
  'pod-removed-autoscaler':
    'Pod evicted because the cluster autoscaler is removing its node',
  'pod-replaced':
    'Replacement for a pod that was evicted or lost with its node',
  'pod-create-failed': 'A pod could not be created',
  'container-restarted': 'Container {{container}} was restarted: {{reason}}',
  'node-requested':
    'The cluster autoscaler asked for a node because a pod did not fit on the existing ones',
  'suspended-rollout':
    'Rollouts are paused: changes of the pod template do not reach the pods',
  'suspended-autoscaling':
    'Autoscaling is paused: the number of replicas does not follow the load',
  'suspended-autoscaling-at':
    'Autoscaling is paused: KEDA holds the size at {{replicas}} replicas until the annotation autoscaling.keda.sh/paused-replicas is removed',
  'suspended-scale-in':
    'Scale-in is paused (annotation autoscaling.keda.sh/paused-scale-in): the number of replicas can only grow',
  'suspended-scale-out':
    'Scale-out is paused (annotation autoscaling.keda.sh/paused-scale-out): the number of replicas can only shrink',
  'failure-rollout-deadline':
    'Check why the new pods do not become ready, then fix the pod template or undo the rollout with "kubectl rollout undo"',
  'failure-namespace-quota':
    'Raise the ResourceQuota of the namespace, or lower the requests of its pods',
  'failure-limit-range':
    'Change the requests and limits of the containers to fit the LimitRange of the namespace',
  'failure-pod-security':
    'Change the security context of the pods to meet the Pod Security Standard of the namespace',
  'failure-service-account':
    'Create the ServiceAccount, or correct serviceAccountName in the pod template',
  'failure-admission':
    'Change the pods to meet the policy in the message, or ask its owner for an exception',
  'failure-webhook': 'Check whether the admission webhook runs and responds',
  'workload-parts-size': 'size and settings',
  'workload-parts-pods': 'instances and health',
  'workload-parts-zones': 'zones and node failures',
  'workload-parts-traffic': 'the pods that receive requests',
  'workload-parts-limits': 'scaling limits and policies',
  'workload-parts-rollouts': 'rollouts',
  'workload-parts-events': 'causes of changes',
  'workload-parts-cpu': 'CPU figures',
  'workload-parts-memory': 'memory figures',
  'workload-parts-requests': 'requests per second',
  'workload-parts-latencies': 'latencies',
  'workload-size-unknown':
    '{{kind}} {{name}} in cluster {{cluster}} does not say how many replicas it should have',
  'workload-size-unknown-next':
    'Check the object with "kubectl get -o yaml", and for a proxy between the portal and the cluster that changes responses',
  'workload-unnamed-pods_one':
    '1 pod of {{name}} in cluster {{cluster}} has no name and is not shown',
  'workload-unnamed-pods_other':
    '{{count}} pods of {{name}} in cluster {{cluster}} have no name and are not shown',
  'workload-clock-ahead':
    'Times in cluster {{cluster}} are up to {{durationMs}} ahead of the clock of the portal; CloudTrace corrects them by the clock of the API server',
  'workload-clock-behind':
    'The clock of cluster {{cluster}} is {{durationMs}} behind that of the portal; CloudTrace corrects the times of its events',
  'workload-clock-next':
    'Synchronize the clocks of the cluster and of the host of the portal, for example with NTP',
  'hpa-inactive': 'Autoscaler {{name}} does not scale: {{reason}}',
  'hpa-no-resource-metric':
    'Autoscaler {{name}} does not scale: it cannot read the CPU or memory of the pods',
  'hpa-no-resource-metric-next':
    'Check that metrics-server runs and that every container has a request for the resource',
  'hpa-no-container-metric':
    'Autoscaler {{name}} does not scale: it cannot read the CPU or memory of a container',
  'hpa-no-container-metric-next':
    'Check that metrics-server runs, and that the pods have the container that the autoscaler names, with a request for the resource',
  'hpa-no-pods-metric':
    'Autoscaler {{name}} does not scale: it cannot read a custom metric of the pods',
  'hpa-no-pods-metric-next':
    'Check that the adapter for custom.metrics.k8s.io runs and has this metric of the pods',
  'hpa-no-object-metric':
    'Autoscaler {{name}} does not scale: it cannot read a custom metric of another object',
  'hpa-no-object-metric-next':
    'Check that describedObject names an object that exists, and that the adapter for custom.metrics.k8s.io has this metric of it',
  'hpa-no-external-metric':
    'Autoscaler {{name}} does not scale: it cannot read an external metric',
  'hpa-no-external-metric-next':
    'Check that the adapter for external.metrics.k8s.io, such as KEDA, runs and reaches the source of the metric',
  'hpa-metric-type':
    'Autoscaler {{name}} does not scale: one of its metrics has a type that the cluster does not know',
  'hpa-metric-type-next': 'Correct the type in spec.metrics of the autoscaler',
  'hpa-selector-invalid':
    'Autoscaler {{name}} does not scale: the selector of its target is missing or invalid',
  'hpa-selector-invalid-next': 'Give the workload a valid selector',
  'hpa-selector-ambiguous':
    'Autoscaler {{name}} does not scale: the selector of its target also selects pods of another autoscaler',
  'hpa-selector-ambiguous-next':
    'Give each workload a selector of its own, and only one autoscaler',
  'hpa-size-unread':
    'Autoscaler {{name}} does not scale: it cannot read the size of its target',
  'hpa-size-unread-next':
    'Check that scaleTargetRef names an existing workload',
  'hpa-size-not-set':
    'Autoscaler {{name}} does not scale: it cannot change the size of its target',
  'hpa-size-not-set-next':
    'Read the error with "kubectl describe hpa", and check whether an admission webhook or policy rejects the change',
  'hpa-several':
    'Several autoscalers change the size of {{name}} and override each other: {{autoscalers}}; CloudTrace shows the limits and metrics of {{shown}}',
  'hpa-several-next':
    'Keep one autoscaler, and move the metrics of the others to it',
  'hpa-inactive-next':
    'Check the conditions of the autoscaler with "kubectl describe hpa"',
  'keda-not-ready': 'KEDA does not scale {{name}}: {{reason}}',
  'keda-not-ready-next':
    'Check the triggers and their authentication with "kubectl describe scaledobject"',
} as const;
