import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A rule of a security group as the stand-in stores it. */
export interface StoredRule {
  id: string;
  groupId: string;
  isEgress: boolean;
  protocol: string;
  fromPort: number;
  toPort: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  groupRef?: string;
}

/** Everything that the stand-in knows; tests change it as a person in the console would. */
export interface AwsState {
  rules: StoredRule[];
  group: {
    name: string;
    minSize: number;
    maxSize: number;
    instances: { id: string; state: string; health: string }[];
    /** The newest first. */
    activities: { description: string; cause: string; startedAt: Date }[];
  };
  listeners: {
    arn: string;
    port: number;
    protocol: string;
    sslPolicy?: string | undefined;
    certificateArn?: string | undefined;
    targetGroupArn?: string | undefined;
  }[];
  database: { identifier: string; publiclyAccessible: boolean };
  parameters: Record<string, { value: string; lastModified: Date }>;
  /** Names of alarms in the state ALARM. */
  alarms: string[];
  /** Values of the last minutes by metric and instance: `CPUUtilization i-1`. */
  metrics: Record<string, number[]>;
  token: string;
}

/**
 * AWS for the SDK's real clients, at the HTTP level: it keeps state for the few operations that healing uses, and implements
 * none of AWS's own rules. Nothing here shows that AWS itself accepts a call.
 */
export class AwsStandIn {
  readonly state: AwsState;
  /** Operations in the order of the calls. */
  readonly operations: string[] = [];
  /** Messages published to the topic. */
  readonly published: { subject: string; message: string }[] = [];
  /** Operations that are answered with this error code. */
  readonly failing = new Map<string, string>();
  readonly #server: Server;

  constructor(state: AwsState) {
    this.state = state;
    this.#server = createServer((request, response) => {
      void readCall(request).then(call => {
        this.operations.push(call.operation);
        const { body, status, contentType } = this.#answer(call);
        response.writeHead(status, { 'content-type': contentType }).end(body);
      });
    });
  }

  /** Starts it. @returns the environment with which the SDK uses it. */
  async listen(): Promise<Record<string, string>> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer({ operation, form, json }: Call): Answer {
    const code = this.failing.get(operation);
    const jsonHandler = this.#jsonHandlers[operation];
    if (code) return jsonHandler ? jsonAnswer({ __type: code }) : failure(code);
    if (jsonHandler) return jsonAnswer(jsonHandler(json));
    const formHandler = this.#formHandlers[operation];
    if (!formHandler) return failure('InvalidAction');
    let content;
    try {
      content = formHandler(form);
    } catch (error) {
      if (error instanceof Refusal) return failure(error.message);
      throw error;
    }
    // EC2 puts its result into the response, the others into an element of their own.
    return xmlAnswer(
      `<${operation}Response>${content}<${operation}Result>${content}</${operation}Result></${operation}Response>`,
    );
  }

  readonly #formHandlers: Record<string, (form: URLSearchParams) => string> = {
    DescribeSecurityGroupRules: form => {
      const groups = valuesOf(form, 'Filter.1.Value.');
      return element(
        'securityGroupRuleSet',
        this.state.rules
          .filter(({ groupId }) => groups.includes(groupId))
          .map(ruleXml)
          .join(''),
      );
    },
    AuthorizeSecurityGroupIngress: form => this.#authorize(form, false),
    AuthorizeSecurityGroupEgress: form => this.#authorize(form, true),
    RevokeSecurityGroupIngress: form => this.#revoke(form),
    RevokeSecurityGroupEgress: form => this.#revoke(form),
    DescribeAutoScalingGroups: form => {
      const { name, minSize, maxSize, instances } = this.state.group;
      if (form.get('AutoScalingGroupNames.member.1') !== name) {
        return element('AutoScalingGroups', '');
      }
      const members = instances.map(({ id, state, health }) =>
        elements('member', {
          InstanceId: id,
          LifecycleState: state,
          HealthStatus: health,
        }),
      );
      return element(
        'AutoScalingGroups',
        elements('member', {
          AutoScalingGroupName: name,
          MinSize: minSize,
          MaxSize: maxSize,
          Instances: members.join(''),
        }),
      );
    },
    DescribeScalingActivities: () =>
      element(
        'Activities',
        this.state.group.activities
          .map(({ description, cause, startedAt }) =>
            elements('member', {
              Description: description,
              Cause: cause,
              StartTime: startedAt.toISOString(),
            }),
          )
          .join(''),
      ),
    UpdateAutoScalingGroup: form => {
      this.state.group.minSize = Number(form.get('MinSize'));
      this.state.group.maxSize = Number(form.get('MaxSize'));
      return '';
    },
    SetInstanceHealth: form => {
      for (const instance of this.state.group.instances) {
        if (instance.id === form.get('InstanceId')) {
          instance.health = form.get('HealthStatus') ?? '';
        }
      }
      return '';
    },
    DescribeListeners: form => {
      const arns = valuesOf(form, 'ListenerArns.member.');
      const found = this.state.listeners.filter(({ arn }) =>
        arns.includes(arn),
      );
      // As ELB does, for the whole call.
      if (found.length < arns.length) throw new Refusal('ListenerNotFound');
      return element('Listeners', found.map(listenerXml).join(''));
    },
    ModifyListener: form => {
      const listener = this.state.listeners.find(
        ({ arn }) => arn === form.get('ListenerArn'),
      );
      if (listener) {
        listener.port = Number(form.get('Port'));
        listener.protocol = form.get('Protocol') ?? '';
        listener.sslPolicy = form.get('SslPolicy') ?? undefined;
        listener.targetGroupArn =
          form.get('DefaultActions.member.1.TargetGroupArn') ?? undefined;
      }
      return '';
    },
    DescribeDBInstances: () =>
      element(
        'DBInstances',
        elements('DBInstance', {
          DBInstanceIdentifier: this.state.database.identifier,
          PubliclyAccessible: this.state.database.publiclyAccessible,
        }),
      ),
    ModifyDBInstance: form => {
      this.state.database.publiclyAccessible =
        form.get('PubliclyAccessible') === 'true';
      return '';
    },
    Publish: form => {
      this.published.push({
        subject: form.get('Subject') ?? '',
        message: form.get('Message') ?? '',
      });
      return element('MessageId', '1');
    },
  };

  readonly #jsonHandlers: Record<string, (input: never) => object> = {
    GetParameter: ({ Name }: { Name: string }) => {
      const parameter = this.state.parameters[Name];
      if (!parameter) return { __type: 'ParameterNotFound' };
      const LastModifiedDate = parameter.lastModified.getTime() / 1_000;
      return { Parameter: { Name, Value: parameter.value, LastModifiedDate } };
    },
    PutParameter: ({ Name, Value }: { Name: string; Value: string }) => {
      this.state.parameters[Name] = { value: Value, lastModified: new Date() };
      return {};
    },
    DeleteParameter: ({ Name }: { Name: string }) => {
      delete this.state.parameters[Name];
      return {};
    },
    GetSecretValue: () => ({ SecretString: this.state.token }),
    DescribeAlarms: ({ AlarmNames }: { AlarmNames: string[] }) => ({
      MetricAlarms: this.state.alarms
        .filter(name => AlarmNames.includes(name))
        .map(AlarmName => ({ AlarmName, StateValue: 'ALARM' })),
    }),
    GetMetricData: ({ MetricDataQueries }: { MetricDataQueries: Query[] }) => ({
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => {
        const { MetricName, Dimensions } = MetricStat.Metric;
        const instance = Dimensions.find(({ Name }) => Name === 'InstanceId');
        const values = this.state.metrics[`${MetricName} ${instance?.Value}`];
        return { Id, Values: values ?? [] };
      }),
    }),
  };

  #authorize(form: URLSearchParams, isEgress: boolean): string {
    const at = (name: string) =>
      form.get(`IpPermissions.1.${name}`) ?? undefined;
    const cidrIpv4 = at('IpRanges.1.CidrIp');
    const cidrIpv6 = at('Ipv6Ranges.1.CidrIpv6');
    const prefixListId = at('PrefixListIds.1.PrefixListId');
    const groupRef = at('Groups.1.GroupId');
    this.state.rules.push({
      id: `sgr-new-${this.state.rules.length}`,
      groupId: form.get('GroupId') ?? '',
      isEgress,
      protocol: at('IpProtocol') ?? '',
      fromPort: Number(at('FromPort') ?? -1),
      toPort: Number(at('ToPort') ?? -1),
      ...(cidrIpv4 && { cidrIpv4 }),
      ...(cidrIpv6 && { cidrIpv6 }),
      ...(prefixListId && { prefixListId }),
      ...(groupRef && { groupRef }),
    });
    return element('return', 'true');
  }

  #revoke(form: URLSearchParams): string {
    const ids = valuesOf(form, 'SecurityGroupRuleId.');
    this.state.rules = this.state.rules.filter(({ id }) => !ids.includes(id));
    return element('return', 'true');
  }
}

/** An error of AWS; its message is the code. */
class Refusal extends Error {}

interface Call {
  readonly operation: string;
  readonly form: URLSearchParams;
  readonly json: never;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Dimensions: readonly { Name: string; Value: string }[];
    };
  };
}

/** EC2, Auto Scaling, ELB, RDS and SNS get forms; Systems Manager, Secrets Manager and CloudWatch get JSON. */
async function readCall(request: IncomingMessage): Promise<Call> {
  const text = (await buffer(request)).toString();
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return {
      operation: target.split('.').at(-1) ?? '',
      form: new URLSearchParams(),
      json: JSON.parse(text) as never,
    };
  }
  const form = new URLSearchParams(text);
  return {
    operation: form.get('Action') ?? '',
    form,
    json: undefined as never,
  };
}

function xmlAnswer(body: string, status = 200): Answer {
  return { status, contentType: 'text/xml', body };
}

function jsonAnswer(body: object): Answer {
  return {
    status: '__type' in body ? 400 : 200,
    contentType: 'application/x-amz-json-1.1',
    body: JSON.stringify(body),
  };
}

/** An error in the shape of EC2 and in that of the others. */
function failure(code: string): Answer {
  const error = elements('Error', { Code: code, Message: 'refused' });
  return xmlAnswer(element('Response', element('Errors', error) + error), 400);
}

function element(name: string, content: string | number | boolean): string {
  return `<${name}>${content}</${name}>`;
}

function elements(
  name: string,
  children: Record<string, string | number | boolean | undefined>,
): string {
  return element(
    name,
    Object.entries(children)
      .map(([child, value]) =>
        value === undefined ? '' : element(child, value),
      )
      .join(''),
  );
}

function ruleXml(rule: StoredRule): string {
  return elements('item', {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    cidrIpv4: rule.cidrIpv4,
    cidrIpv6: rule.cidrIpv6,
    prefixListId: rule.prefixListId,
    referencedGroupInfo: rule.groupRef && element('groupId', rule.groupRef),
  });
}

function listenerXml(listener: AwsState['listeners'][number]): string {
  const action = listener.targetGroupArn
    ? { Type: 'forward', TargetGroupArn: listener.targetGroupArn }
    : {
        Type: 'redirect',
        RedirectConfig:
          '<Protocol>HTTPS</Protocol><Port>443</Port><StatusCode>HTTP_301</StatusCode>',
      };
  const { certificateArn } = listener;
  return elements('member', {
    ListenerArn: listener.arn,
    Port: listener.port,
    Protocol: listener.protocol,
    SslPolicy: listener.sslPolicy,
    Certificates:
      certificateArn && elements('member', { CertificateArn: certificateArn }),
    DefaultActions: elements('member', action),
  });
}

function valuesOf(form: URLSearchParams, prefix: string): string[] {
  return [...form]
    .filter(([name]) => name.startsWith(prefix))
    .map(([, value]) => value);
}
