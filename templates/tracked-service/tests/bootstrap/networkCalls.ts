import {
  all,
  anything,
  balancer,
  ec2,
  on,
  passRole,
  regional,
  serviceRole,
  type CallsFor,
} from './callsFor';

const api = on('apigateway', 'DELETE GET PATCH POST PUT', anything);
const zone = () => 'arn:aws:route53:::hostedzone/Z0123456789ABC';
const securityGroupRules = ec2(
  'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress DescribeSecurityGroupRules ModifySecurityGroupRules RevokeSecurityGroupEgress RevokeSecurityGroupIngress CreateTags DeleteTags',
);

/** Calls for networks, and for what stands between callers and the service. */
export const NETWORK_CALLS: Readonly<Record<string, CallsFor>> = {
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_integration: all(api, passRole('apigateway.amazonaws.com')),
  aws_apigatewayv2_route: api,
  aws_apigatewayv2_stage: all(
    api,
    on(
      'logs',
      'CreateLogDelivery DeleteLogDelivery DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery',
      anything,
    ),
  ),
  aws_default_security_group: securityGroupRules,
  aws_eip: ec2(
    'AllocateAddress CreateTags DescribeAddresses DescribeAddressesAttribute ReleaseAddress',
  ),
  aws_flow_log: all(
    ec2('CreateFlowLogs CreateTags DeleteFlowLogs DescribeFlowLogs'),
    passRole('vpc-flow-logs.amazonaws.com'),
  ),
  aws_internet_gateway: ec2(
    'AttachInternetGateway CreateInternetGateway CreateTags DeleteInternetGateway DescribeInternetGateways DetachInternetGateway',
  ),
  // CloudFormation calls with the permissions of the caller.
  aws_cloudformation_stack: all(
    on(
      'cloudformation',
      'CreateStack DeleteStack DescribeStackEvents DescribeStacks GetTemplate UpdateStack',
      fullName => regional('cloudformation', `stack/${fullName}-sign-in/1`),
    ),
    on('secretsmanager', 'GetSecretValue', fullName =>
      regional('secretsmanager', `secret:${fullName}/sign-in-AbCdEf`),
    ),
    on(
      'elasticloadbalancing',
      'AddTags DeleteRule ModifyRule RemoveTags SetRulePriorities',
      balancer('listener-rule/app'),
    ),
    on('elasticloadbalancing', 'CreateRule', balancer('listener/app')),
  ),
  aws_lb: all(
    on(
      'elasticloadbalancing',
      'AddTags CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes RemoveTags SetSecurityGroups SetSubnets',
      balancer('loadbalancer/app'),
    ),
    on(
      'elasticloadbalancing',
      'DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeTags',
      anything,
    ),
    serviceRole('elasticloadbalancing.amazonaws.com'),
  ),
  aws_lb_listener: all(
    on(
      'elasticloadbalancing',
      'AddTags DeleteListener ModifyListener ModifyListenerAttributes RemoveTags',
      balancer('listener/app'),
    ),
    on('elasticloadbalancing', 'CreateListener', balancer('loadbalancer/app')),
    on(
      'elasticloadbalancing',
      'DescribeListenerAttributes DescribeListeners',
      anything,
    ),
  ),
  aws_lb_listener_rule: all(
    on(
      'elasticloadbalancing',
      'AddTags DeleteRule ModifyRule RemoveTags SetRulePriorities',
      balancer('listener-rule/app'),
    ),
    on('elasticloadbalancing', 'CreateRule', balancer('listener/app')),
    on('elasticloadbalancing', 'DescribeRules DescribeTags', anything),
  ),
  aws_lb_target_group: all(
    on(
      'elasticloadbalancing',
      'AddTags CreateTargetGroup DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes RemoveTags',
      balancer('targetgroup'),
    ),
    on(
      'elasticloadbalancing',
      'DescribeTargetGroupAttributes DescribeTargetGroups',
      anything,
    ),
  ),
  aws_nat_gateway: ec2(
    'CreateNatGateway CreateTags DeleteNatGateway DescribeNatGateways',
  ),
  aws_route: ec2('CreateRoute DeleteRoute DescribeRouteTables ReplaceRoute'),
  aws_route_table: ec2(
    'CreateRouteTable CreateTags DeleteRouteTable DescribeRouteTables',
  ),
  aws_route_table_association: ec2(
    'AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation',
  ),
  // Route 53 is global: these calls go to another region.
  aws_route53_record: all(
    on('route53', 'ChangeResourceRecordSets', zone, {
      'route53:ChangeResourceRecordSetsNormalizedRecordNames':
        'orders.example.com',
    }),
    on(
      'route53',
      'GetHostedZone ListResourceRecordSets ListTagsForResource',
      zone,
      {},
    ),
    on('route53', 'GetChange', () => 'arn:aws:route53:::change/C1', {}),
  ),
  aws_security_group: all(
    ec2('CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups'),
    securityGroupRules,
  ),
  aws_subnet: ec2(
    'CreateSubnet CreateTags DeleteSubnet DescribeSubnets ModifySubnetAttribute',
  ),
  aws_vpc: ec2(
    'CreateTags CreateVpc DeleteTags DeleteVpc DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups DescribeVpcAttribute DescribeVpcs ModifyVpcAttribute',
  ),
  aws_vpc_endpoint: ec2(
    'CreateTags CreateVpcEndpoint DeleteVpcEndpoints DescribePrefixLists DescribeVpcEndpoints ModifyVpcEndpoint',
  ),
  aws_vpc_security_group_egress_rule: securityGroupRules,
  aws_vpc_security_group_ingress_rule: securityGroupRules,
  aws_wafv2_web_acl: all(
    on(
      'wafv2',
      'CreateWebACL DeleteWebACL GetWebACL ListTagsForResource TagResource UntagResource UpdateWebACL',
      fullName => regional('wafv2', `regional/webacl/${fullName}/1`),
    ),
    on('wafv2', 'CreateWebACL UpdateWebACL', () =>
      regional('wafv2', 'regional/managedruleset/AWS/rules'),
    ),
  ),
  aws_wafv2_web_acl_association: all(
    on('wafv2', 'AssociateWebACL DisassociateWebACL GetWebACL', fullName =>
      regional('wafv2', `regional/webacl/${fullName}/1`),
    ),
    on(
      'wafv2',
      'AssociateWebACL DisassociateWebACL',
      balancer('loadbalancer/app'),
    ),
    on('wafv2', 'GetWebACLForResource', anything),
    on('elasticloadbalancing', 'SetWebACL', anything),
  ),
};
