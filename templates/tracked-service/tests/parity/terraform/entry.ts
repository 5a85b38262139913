import type { EntryModel, Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readOwnRules, readStackRules } from './listenerRules';
import { block, blocks, neutral, type TerraformState } from './TerraformState';

/** Load balancer, listeners, health check, firewall, name. */
export function readEntry(state: TerraformState): EntryModel {
  const lb = state.one('aws_lb');
  const logs = block(lb, 'access_logs');
  const target = state.one('aws_lb_target_group');
  const check = block(target, 'health_check');
  const firewall = state.optional('aws_wafv2_web_acl');
  return {
    loadBalancer: {
      name: lb.name as Plain,
      type: lb.load_balancer_type as Plain,
      internetFacing: lb.internal !== true,
      subnets: (lb.subnets as unknown[]).length,
      dropsInvalidHeaders: lb.drop_invalid_header_fields as Plain,
      deletionProtection: lb.enable_deletion_protection as Plain,
      idleTimeoutSeconds: Number(lb.idle_timeout),
      accessLogs: logs.enabled
        ? `${neutral(String(logs.bucket))}/${logs.prefix}`
        : null,
    },
    listeners: sortedByContent(
      state.all('aws_lb_listener').map(listener => {
        const action = block(listener, 'default_action');
        const [redirect] = blocks(action, 'redirect');
        return {
          port: Number(listener.port),
          protocol: listener.protocol as Plain,
          tls:
            listener.protocol === 'HTTPS'
              ? (listener.ssl_policy as Plain)
              : null,
          certificate:
            listener.protocol === 'HTTPS'
              ? (listener.certificate_arn as Plain)
              : null,
          action: action.type as Plain,
          redirect: redirect
            ? `${redirect.protocol}:${redirect.port} ${redirect.status_code}`
            : null,
        };
      }),
    ),
    rules: [...readOwnRules(state), ...readStackRules(state)].sort(
      (a, b) => a.priority - b.priority,
    ),
    target: {
      name: target.name as Plain,
      port: Number(target.port),
      protocol: target.protocol as Plain,
      type: target.target_type as Plain,
      deregistrationSeconds: Number(target.deregistration_delay),
      sticky: blocks(target, 'stickiness').some(
        ({ enabled }) => enabled === true,
      ),
      checkPath: check.path as Plain,
      checkCodes: check.matcher as Plain,
      checkIntervalSeconds: Number(check.interval),
      checkTimeoutSeconds: Number(check.timeout),
      healthyAfter: Number(check.healthy_threshold),
      unhealthyAfter: Number(check.unhealthy_threshold),
    },
    firewallRules: firewall
      ? blocks(firewall, 'rule')
          .sort((a, b) => Number(a.priority) - Number(b.priority))
          .map(rule => String(rule.name))
      : null,
    hostNames: state
      .all('aws_route53_record')
      .map(record => String(record.name)),
  };
}
