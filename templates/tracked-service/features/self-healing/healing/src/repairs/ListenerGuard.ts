import {
  DescribeListenersCommand,
  ListenerNotFoundException,
  ModifyListenerCommand,
  type Action,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type ModifyListenerCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  DeclaredListener,
  DeclaredState,
} from '../declared/DeclaredState.js';
import type { Difference, Guard } from './types.js';

/** Restores port, protocol, TLS policy, certificate and default action of the load balancer's listeners. */
export class ListenerGuard implements Guard {
  readonly kind = 'listeners';
  readonly #loadBalancing: ElasticLoadBalancingV2Client;

  constructor(options: { loadBalancing: ElasticLoadBalancingV2Client }) {
    this.#loadBalancing = options.loadBalancing;
  }

  async compare({ listeners }: DeclaredState): Promise<Difference[]> {
    const differences = await Promise.all(
      listeners.map(listener => this.#compare(listener)),
    );
    return differences.flat();
  }

  async #compare(listener: DeclaredListener): Promise<Difference[]> {
    const current = await this.#find(listener.arn);
    const declared = describeDeclared(listener);
    const found = current ? describeFound(current) : 'no listener';
    if (found === declared) return [];
    return [
      {
        resource: listener.arn,
        action: `restore the listener on port ${listener.port}`,
        declared,
        found,
        repair: current
          ? () =>
              this.#loadBalancing.send(
                new ModifyListenerCommand(inputOf(listener)),
              )
          : undefined,
      },
    ];
  }

  /** Asks for each listener alone: ELB rejects a call that names one which no longer exists. */
  async #find(arn: string): Promise<Listener | undefined> {
    try {
      const { Listeners: [found] = [] } = await this.#loadBalancing.send(
        new DescribeListenersCommand({ ListenerArns: [arn] }),
      );
      return found;
    } catch (error) {
      if (error instanceof ListenerNotFoundException) return undefined;
      throw error;
    }
  }
}

function inputOf(listener: DeclaredListener): ModifyListenerCommandInput {
  return {
    ListenerArn: listener.arn,
    Port: listener.port,
    Protocol: listener.protocol,
    ...(listener.sslPolicy && { SslPolicy: listener.sslPolicy }),
    ...(listener.certificateArn && {
      Certificates: [{ CertificateArn: listener.certificateArn }],
    }),
    DefaultActions: [
      listener.targetGroupArn
        ? { Type: 'forward', TargetGroupArn: listener.targetGroupArn }
        : {
            Type: 'redirect',
            RedirectConfig: {
              Protocol: 'HTTPS',
              Port: '443',
              StatusCode: 'HTTP_301',
            },
          },
    ],
  };
}

function describeDeclared(listener: DeclaredListener): string {
  return describe({
    port: listener.port,
    protocol: listener.protocol,
    sslPolicy: listener.sslPolicy,
    certificateArn: listener.certificateArn,
    action: listener.targetGroupArn
      ? `forward to ${listener.targetGroupArn}`
      : 'redirect to HTTPS 443 (HTTP_301)',
  });
}

function describeFound(listener: Listener): string {
  return describe({
    port: listener.Port,
    protocol: listener.Protocol,
    sslPolicy: listener.SslPolicy,
    certificateArn: listener.Certificates?.[0]?.CertificateArn,
    action: (listener.DefaultActions ?? []).map(describeAction).join(', then '),
  });
}

function describe(listener: {
  port: number | undefined;
  protocol: string | undefined;
  sslPolicy: string | undefined;
  certificateArn: string | undefined;
  action: string;
}): string {
  const tls = [listener.sslPolicy, listener.certificateArn].filter(Boolean);
  return [
    `${listener.protocol ?? '?'} on port ${listener.port ?? '?'}`,
    ...tls,
    listener.action,
  ].join(', ');
}

function describeAction(action: Action): string {
  if (action.Type === 'redirect') {
    const { Protocol, Port, StatusCode } = action.RedirectConfig ?? {};
    return `redirect to ${Protocol ?? '?'} ${Port ?? '?'} (${
      StatusCode ?? '?'
    })`;
  }
  if (action.Type !== 'forward') return action.Type ?? 'no action';
  // A single target group appears in both places, several only in the second.
  const groups = action.ForwardConfig?.TargetGroups ?? [];
  const arns =
    groups.length > 1
      ? groups.map(
          group => `${group.TargetGroupArn ?? '?'} (${group.Weight ?? 1})`,
        )
      : [action.TargetGroupArn ?? groups[0]?.TargetGroupArn ?? '?'];
  return `forward to ${arns.join(' and ')}`;
}
