/** Why a pod is in its state, by the code of its reason; `…-next` is the next step. */
export const podMessages = {
  'pod-because': '{{what}}: {{reason}}',
  'pod-facts': '{{first}}, {{rest}}',
  'pod-exit-code': 'exit code {{exitCode}}',
  'pod-exit-code-signal': 'exit code {{exitCode}} ({{signal}})',
  'pod-exit-code-unknown': 'exit code unknown',
  'pod-limit': 'limit {{limit}}',
  'pod-no-limit': 'no memory limit of its own',
  'pod-restarted_one': 'restarted once',
  'pod-restarted_other': 'restarted {{count}} times',
  'pod-finalizers': 'finalizers {{names}}',
  'pod-crash-loop': 'A container crashes again and again',
  'pod-crash-loop-next':
    'Read the log of the previous run with "kubectl logs --previous", and fix what ends the process',
  'pod-container-exited': 'A container exited and is being restarted',
  'pod-container-exited-next':
    'Read the log of the previous run with "kubectl logs --previous"',
  'pod-out-of-memory':
    'A container used more memory than its limit and was killed',
  'pod-out-of-memory-next':
    'Find what uses the memory, or raise the memory limit of the container',
  'pod-image-pull': 'The image of a container could not be pulled',
  'pod-image-pull-next':
    'Check the name and tag of the image, the pull secret, and that the node reaches the registry',
  'pod-image-name': 'The name of an image is invalid',
  'pod-image-name-next': 'Correct the image in the pod template',
  'pod-image-never-pull':
    'The image is not on the node, and the pull policy does not allow pulling it',
  'pod-image-never-pull-next':
    'Load the image onto the node, or change imagePullPolicy',
  'pod-image-rejected': 'The node could not inspect or verify the image',
  'pod-image-rejected-next':
    'Check that the image is complete and signed as the cluster requires',
  'pod-container-config':
    'A container refers to a ConfigMap, Secret or setting that is missing or invalid',
  'pod-container-config-next':
    'Create what the message names, or correct the reference in the pod template',
  'pod-container-start': 'A container could not be started',
  'pod-container-start-next':
    'Check the command, mounts, hooks and security settings of the container',
  'pod-volume': 'A volume of the pod could not be attached or mounted',
  'pod-volume-next':
    'Check that the volume, Secret or ConfigMap exists and is not attached to another node',
  'pod-sandbox': 'The node could not create the network or sandbox of the pod',
  'pod-sandbox-next':
    'Check the network plugin and the container runtime of the node',
  'pod-init-container': 'An init container fails, so the pod cannot start',
  'pod-init-container-next':
    'Read the log of the init container, and fix why it fails',
  'pod-readiness-probe':
    'The readiness probe fails, so the pod receives no requests',
  'pod-readiness-probe-next':
    "Request the probe's endpoint in the pod, and check the log of the container",
  'pod-liveness-probe':
    'The liveness probe fails, so the container is restarted',
  'pod-liveness-probe-next':
    'Check whether the process hangs or is overloaded; allow the probe more time if it is only slow',
  'pod-startup-probe': 'The startup probe has not succeeded yet',
  'pod-startup-probe-next':
    'Check the log of the container; allow the probe more time if the process starts slowly',
  'pod-readiness-gate': 'A readiness gate of the pod is not met',
  'pod-readiness-gate-next':
    'Check the controller that sets the condition, for example the load balancer controller',
  'pod-not-ready': 'The pod is not ready, and the cluster gives no reason',
  'pod-not-ready-next': 'Check the events and logs of the pod',
  'pod-not-ready-other':
    'The pod is not ready for a reason that CloudTrace does not know',
  'pod-not-ready-other-next': 'Check the events of the pod',
  'pod-unschedulable': 'No node can run the pod',
  'pod-unschedulable-next':
    "Add nodes or lower the pod's requests; check its node selector, tolerations and volumes against the scheduler's message",
  'pod-scheduling-gated':
    'The pod waits until its scheduling gates are removed',
  'pod-scheduling-gated-next':
    'Check the controller that removes the scheduling gates',
  'pod-scheduling': 'The pod waits for a node',
  'pod-starting': 'The pod is starting',
  'pod-evicted': 'The node evicted the pod',
  'pod-evicted-next':
    'Give the pod requests that match its use, or give the node more of the resource in the message',
  'pod-preempted': 'The pod made room for a pod of higher priority',
  'pod-preempted-next': "Add nodes, or raise the pod's priority class",
  'pod-node-shutdown': 'The node was shut down',
  'pod-node-shutdown-next':
    'Check in the scaling history why the node was shut down',
  'pod-rejected': 'The node rejected the pod',
  'pod-rejected-next':
    'Check the resources and labels of the node against the pod',
  'pod-deadline': 'The pod exceeded its deadline',
  'pod-deadline-next': 'Remove or raise activeDeadlineSeconds',
  'pod-failed': 'The pod failed',
  'pod-failed-next': 'Check the events and logs of the pod',
  'pod-completed': 'The containers of the pod exited without an error',
  'pod-completed-next':
    'Check why the process exited: a service should keep running',
  'pod-terminating':
    'The pod is being deleted: it finishes open requests, new ones go elsewhere',
  'pod-drained':
    'The pod is being evicted from its node, for example by a drain',
  'pod-stuck-terminating': 'The pod should have ended but still exists',
  'pod-stuck-terminating-next':
    'Check the finalizers of the pod and whether its node responds',
  'pod-no-service':
    'The pod is ready, but no Service sends it requests: none selects it',
  'pod-no-service-next':
    "If it should receive requests, compare the Service's selector with the pod's labels",
  'pod-service-mismatch':
    'The pod is ready but receives no requests: the Service with the name of its workload selects no pod',
  'pod-service-mismatch-next':
    "Compare the Service's selector with the pod's labels",
  'pod-no-service-port':
    'The pod has no port that its Service sends requests to',
  'pod-no-service-port-next':
    'Compare targetPort of the Service with the names of the ports in the pod template',
  'pod-not-in-endpoints':
    'The pod is ready, but its Service does not send it requests',
  'pod-not-in-endpoints-next':
    'If it persists, check the EndpointSlices of the Service',
  'pod-traffic-unknown':
    'The pod is ready, but whether it receives requests is unknown',
  'pod-traffic-unknown-next':
    'Check on the Diagnostics page why Services or EndpointSlices of the cluster cannot be read',
  'pod-phase-unknown': 'The state of the pod is unknown',
  'pod-phase-unknown-next':
    'Check whether the node of the pod responds, and the object with "kubectl get pod -o yaml"',
  'node-not-ready': 'The node of the pod is not ready',
  'node-not-ready-next':
    'Check the conditions of the node and the log of its kubelet',
  'node-unreachable': 'The node of the pod does not respond',
  'node-unreachable-next':
    'Check the machine of the node and its network; the cluster replaces the pod when its tolerations expire',
  'node-gone': 'The node of the pod no longer exists',
  'node-gone-next':
    'No action needed if the pod is replaced; otherwise delete the pod',
} as const;
