const consequences: Record<string, string> = {
  Launch: 'No instance is started, also not to replace one that failed',
  Terminate: 'No instance is ended, so that the group does not scale in',
  AddToLoadBalancer: 'New instances are not registered and get no requests',
  AlarmNotification: 'Alarms do not scale the group',
  AZRebalance: 'The group is not spread evenly over its zones again',
  HealthCheck: 'The health of instances is not judged',
  InstanceRefresh: 'Instances are not exchanged for new ones',
  ReplaceUnhealthy: 'Unhealthy instances are not replaced',
  ScheduledActions: 'Scheduled changes of capacity do not happen',
};

/** What it means that a scaling process is suspended; an unknown one is named as it came. @public */
export function explainSuspendedProcess(name: string): string {
  return Object.hasOwn(consequences, name)
    ? consequences[name]
    : `The process ${name} does not run`;
}
