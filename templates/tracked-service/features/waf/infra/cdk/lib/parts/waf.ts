import { WebFirewall } from '../WebFirewall.ts';
import type { Part } from './Part.ts';

/** AWS WAF with the managed common rules and a rate limit per address, in front of the load balancer. */
export const waf: Part = {
  createAfterService({ stack, fullName, loadBalancer }) {
    new WebFirewall(stack, 'WebFirewall', {
      fullName,
      loadBalancerArn: loadBalancer.loadBalancer.loadBalancerArn,
    });
    return {};
  },
};
