const HOSTS: Record<string, (region: string) => string> = {
  aws: region => `${region}.console.aws.amazon.com`,
  'aws-cn': () => 'console.amazonaws.cn',
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
};

type ConsolePage = (name: string, arn: string) => string;

const PAGES: Record<string, ConsolePage> = {
  'auto-scaling-group': name =>
    `/ec2/home#AutoScalingGroupDetails:id=${encodeURIComponent(name)}`,
  'target-group': (_, arn) =>
    `/ec2/home#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`,
  'load-balancer': (_, arn) =>
    `/ec2/home#LoadBalancer:loadBalancerArn=${encodeURIComponent(arn)}`,
  'db-instance': name =>
    `/rds/home#database:id=${encodeURIComponent(name)};is-cluster=false`,
  'db-cluster': name =>
    `/rds/home#database:id=${encodeURIComponent(name)};is-cluster=true`,
  'ecs-service': name => {
    const [cluster, service] = name.split('/').map(encodeURIComponent);
    return `/ecs/v2/clusters/${cluster}/services/${service}`;
  },
  alarm: name => `/cloudwatch/home#alarmsV2:alarm/${encodeURIComponent(name)}`,
};

/** Link to a resource in the AWS console of its partition. */
export function consoleUrl(resource: {
  partition: string;
  region: string;
  type: string;
  name: string;
  arn: string;
}): string | undefined {
  const host = HOSTS[resource.partition]?.(resource.region);
  const page = PAGES[resource.type]?.(resource.name, resource.arn);
  if (!host || !page) return undefined;
  const [path, fragment] = page.split('#');
  const query = `?region=${resource.region}`;
  return `https://${host}${path}${query}${fragment ? `#${fragment}` : ''}`;
}
