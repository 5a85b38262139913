import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Properties of {@link WebFirewall}. */
export interface WebFirewallProps {
  /** Service and environment: the web ACL's name. */
  readonly fullName: string;
  /** Load balancer to protect. */
  readonly loadBalancerArn: string;
}

const MANAGED_RULE_GROUPS = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
];

/** Web ACL with the managed common rules and a rate limit per address. */
export class WebFirewall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { fullName, loadBalancerArn }: WebFirewallProps,
  ) {
    super(scope, id);
    const acl = new wafv2.CfnWebACL(this, 'Acl', {
      name: fullName,
      description: `In front of the load balancer of ${fullName}`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(fullName),
      rules: [
        {
          name: 'rate-limit',
          priority: 0,
          action: { block: {} },
          // Per source address in five minutes.
          statement: {
            rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP' },
          },
          visibilityConfig: visibility('rate-limit'),
        },
        ...MANAGED_RULE_GROUPS.map((name, index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { name, vendorName: 'AWS' } },
          visibilityConfig: visibility(name),
        })),
      ],
    });
    new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: loadBalancerArn,
      webAclArn: acl.attrArn,
    });
  }
}

function visibility(
  metricName: string,
): wafv2.CfnWebACL.VisibilityConfigProperty {
  return {
    cloudWatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: true,
  };
}
