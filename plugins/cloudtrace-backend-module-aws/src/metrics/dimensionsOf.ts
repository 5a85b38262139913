import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';

/** What dimensions of CloudWatch metrics are made of. */
export interface ResourceDimensions {
  name: string;
  /** `targetgroup/name/id`, as the dimension TargetGroup wants it. */
  targetGroup?: string;
  /** `app/name/id`, as the dimension LoadBalancer wants it. */
  loadBalancer?: string;
  /** Namespace of the metrics of the load balancer's type. */
  namespace?: string;
  clusterName?: string;
  serviceName?: string;
}

const NAMESPACES: Record<string, string> = {
  app: 'AWS/ApplicationELB',
  net: 'AWS/NetworkELB',
  gwy: 'AWS/GatewayELB',
};

/** Values that dimensions of a resource can be made of. */
export function dimensionsOf(
  resource: FleetResource,
  loadBalancerArn?: string,
): ResourceDimensions {
  const balancerArn =
    resource.type === 'load-balancer' ? resource.id : loadBalancerArn;
  const loadBalancer = balancerArn?.split(':loadbalancer/')[1];
  const dimensions: ResourceDimensions = {
    name: resource.name,
    loadBalancer,
    namespace: NAMESPACES[loadBalancer?.split('/')[0] ?? ''],
  };
  if (resource.type === 'target-group') {
    dimensions.targetGroup = resource.id.slice(
      resource.id.lastIndexOf(':') + 1,
    );
  }
  if (resource.type === 'ecs-service') {
    const [clusterName, serviceName] = resource.name.split('/');
    Object.assign(dimensions, { clusterName, serviceName });
  }
  return dimensions;
}
