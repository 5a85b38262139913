/** Why a target is in its state, by the provider's code; `…-next` is the next step. */
export const targetMessages = {
  'target-response-code': 'The health check received an unexpected status code',
  'target-response-code-next':
    "Request the health check's path on the instance, and check the status code and the service's log",
  'target-timeout': 'The health check received no response in time',
  'target-timeout-next':
    'Check whether the process is overloaded or hangs, and whether its port is reachable',
  'target-refused': 'The instance is unreachable or refuses the connection',
  'target-refused-next':
    'Check whether the process runs and listens on the port of the health check',
  'target-not-registered':
    'The instance is not registered with the target group',
  'target-not-registered-next': 'Check why it was removed, or register it',
  'target-not-in-use':
    'No load balancer uses the target group, or the zone is not enabled',
  'target-not-in-use-next':
    'Check the listener rules and the zones of the load balancer',
  'target-deregistering':
    'The target is being deregistered: it finishes open requests, new ones go elsewhere',
  'target-draining':
    'The target is draining: it finishes open requests, new ones go elsewhere',
  'target-stopped': 'The instance is stopped or was terminated',
  'target-stopped-next': 'Check in the scaling history why it ended',
  'target-ip-unusable': 'The load balancer itself uses this address',
  'target-ip-unusable-next': 'Register another address',
  'target-check-disabled':
    'Health checks are switched off, so the health is unknown',
  'target-check-disabled-next': 'Switch on health checks in the target group',
  'target-registering': 'The load balancer is registering the instance',
  'target-first-checks':
    'The target is new: the load balancer waits for the first successful health checks',
  'target-internal-error': 'The load balancer had an internal error',
  'target-internal-error-next':
    "Check the provider's status page if the error persists",
  'target-zone-stopped': 'The zone was stopped',
  'target-zone-stopped-next': 'Start the zone again',
  'target-initial': 'The target is new and not checked yet',
  'target-healthy': 'The target passes its health checks',
  'target-unhealthy-state': 'The target fails its health checks',
  'target-draining-state': 'The target is being taken out of service',
  'target-unused': 'The target receives no requests: no load balancer uses it',
  'target-unavailable': 'The health of the target is not checked',
  'target-unknown': 'The state of the target is unknown',
  'target-gone': 'The target left the target group',
  'no-reason': 'no reason was given',
} as const;
