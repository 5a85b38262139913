import type { TargetState } from './types';

/** A reason in words, beside the code it was made from. @public */
export interface PlainExplanation {
  summary: string;
  nextStep?: string;
}

const byCode: Record<string, PlainExplanation> = {
  'Target.ResponseCodeMismatch': {
    summary: 'The health check got an answer with an unexpected status code',
    nextStep:
      "Request the health check's path on the instance and look at the status and the service's log",
  },
  'Target.Timeout': {
    summary: 'The health check got no answer in time',
    nextStep:
      'Check whether the process is overloaded or hangs, and whether its port is reachable',
  },
  'Target.FailedHealthChecks': {
    summary: 'The instance cannot be reached or refuses the connection',
    nextStep:
      'Check whether the process runs and listens on the port of the health check',
  },
  'Target.NotRegistered': {
    summary: 'The instance is not registered with the target group',
    nextStep: 'Check why it was removed, or register it',
  },
  'Target.NotInUse': {
    summary:
      'The target group is not used by a load balancer, or the zone is not enabled',
    nextStep: 'Check the listener rules and the zones of the load balancer',
  },
  'Target.DeregistrationInProgress': {
    summary:
      'It is being taken out of service: open requests are finished, new ones go elsewhere',
  },
  'Target.DeregistrationDelay': {
    summary:
      'It is draining: open requests are finished, new ones go elsewhere',
  },
  'Target.InvalidState': {
    summary: 'The instance is stopped or was terminated',
    nextStep: 'Check in the scaling history why it ended',
  },
  'Target.IpUnusable': {
    summary: 'The address is used by the load balancer itself',
    nextStep: 'Register another address',
  },
  'Target.HealthCheckDisabled': {
    summary: 'Health checks are switched off, so that nothing is known',
    nextStep: 'Switch health checks on in the target group',
  },
  'Elb.RegistrationInProgress': {
    summary: 'The load balancer is registering the instance',
  },
  'Elb.InitialHealthChecking': {
    summary:
      'It is new: the load balancer waits for the first successful health checks',
  },
  'Elb.InternalError': {
    summary: 'The load balancer itself had an error',
    nextStep: "Look at the provider's status page if it does not pass",
  },
  'Local.ZoneStopped': {
    summary: 'Its zone was stopped',
    nextStep: 'Start the zone again',
  },
};

const byState: Record<TargetState, string> = {
  initial: 'It is new and not checked yet',
  healthy: 'It answers its health checks',
  unhealthy: 'It fails its health checks',
  draining: 'It is being taken out of service',
  unused: 'It gets no requests: no load balancer uses it',
  unavailable: 'Its health is not checked',
  unknown: 'Its state is not known',
};

/**
 * Says in words why a target is in its state. A code that is not known is
 * shown as it came, with the provider's own description.
 *
 * @public
 */
export function explainTarget(target: {
  state: string;
  reasonCode?: string;
  reason?: string;
}): PlainExplanation {
  const { state, reasonCode, reason } = target;
  const known =
    reasonCode && Object.hasOwn(byCode, reasonCode)
      ? byCode[reasonCode]
      : undefined;
  if (known) return known;
  if (reasonCode || reason) {
    return { summary: [reasonCode, reason].filter(Boolean).join(': ') };
  }
  if (state === 'gone') return { summary: 'It left the target group' };
  return {
    summary: Object.hasOwn(byState, state)
      ? byState[state as TargetState]
      : state,
  };
}
