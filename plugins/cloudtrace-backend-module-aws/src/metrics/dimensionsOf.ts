import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';

/** The values that CloudWatch dimensions are built from. */
export interface ResourceDimensions {
  name: string;
  /** `targetgroup/name/id`, the format of the dimension TargetGroup. */
  targetGroup?: string;
  /** `app/name/id`, the format of the dimension LoadBalancer. */
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

/** The values for a resource's dimensions. */
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
