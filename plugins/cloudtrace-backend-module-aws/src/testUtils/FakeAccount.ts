import { type FakeCall, formList } from './FakeAws';

type Tags = Record<string, string>;

/** An Auto Scaling group of a fake account. */
export interface FakeGroup {
  name: string;
  tags?: Tags;
  targetGroups?: string[];
  instances?: Array<Record<string, unknown>>;
  min?: number;
  desired?: number;
  max?: number;
  extra?: Record<string, unknown>;
}

const tagList = (tags: Tags = {}) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/**
 * State of one account and region. It responds as AWS documents: real pages,
 * real filters, members named as in the API references.
 */
export class FakeAccount {
  groups: FakeGroup[] = [];
  activities: Array<Record<string, any>> = [];
  policies: Array<Record<string, any>> = [];
  scheduledActions: Array<Record<string, any>> = [];
  tagged: Array<{ arn: string; tags: Tags }> = [];
  targetGroups: Array<Record<string, any>> = [];
  loadBalancers: Array<Record<string, any>> = [];
  targetHealth: Record<string, Array<Record<string, any>>> = {};
  instances: Array<Record<string, any>> = [];
  alarms: Array<Record<string, any>> = [];
  alarmHistory: Array<Record<string, any>> = [];
  metric: (query: Record<string, any>, start: number) => number[] = () => [];
  dbInstances: Array<Record<string, any>> = [];
  dbClusters: Array<Record<string, any>> = [];
  events: Array<Record<string, any>> = [];
  services: Array<Record<string, any>> = [];
  tasks: Array<Record<string, any>> = [];
  scalableTargets: Array<Record<string, any>> = [];
  ecsPolicies: Array<Record<string, any>> = [];
  ecsActivities: Array<Record<string, any>> = [];
  ecsScheduledActions: Array<Record<string, any>> = [];
  hubFindings: Array<Record<string, any>> = [];
  inspectorFindings: Array<Record<string, any>> = [];
  /** Instances that Inspector scans. */
  scannedInstances: string[] = [];

  constructor(readonly accountId: string, readonly region = 'eu-central-1') {}

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  groupArn(name: string): string {
    return this.arn(
      'autoscaling',
      `autoScalingGroup:12345678-1234-1234-1234-123456789012:autoScalingGroupName/${name}`,
    );
  }

  addTargetGroup(
    name: string,
    tags: Tags | undefined,
    extra: Record<string, any> = {},
  ): string {
    const arn = this.arn(
      'elasticloadbalancing',
      `targetgroup/${name}/73e2d6bc24d8a067`,
    );
    this.targetGroups.push({
      TargetGroupArn: arn,
      TargetGroupName: name,
      Protocol: 'HTTP',
      Port: 8080,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
      LoadBalancerArns: [],
      ...extra,
    });
    if (tags) this.tagged.push({ arn, tags });
    this.targetHealth[arn] = [];
    return arn;
  }

  handle(call: FakeCall): object {
    const { action, params, service } = call;
    const key = `${service}:${action}`;
    switch (key) {
      case 'autoscaling:DescribeAutoScalingGroups':
        return this.#describeGroups(params);
      case 'autoscaling:DescribeScalingActivities':
        return this.#describeActivities(params);
      case 'autoscaling:DescribePolicies':
        return this.#ofGroup(params, this.policies, 'ScalingPolicies');
      case 'autoscaling:DescribeScheduledActions':
        return this.#ofGroup(
          params,
          this.scheduledActions,
          'ScheduledUpdateGroupActions',
        );
      case 'tagging:GetResources':
        return this.#getResources(params);
      case 'elasticloadbalancing:DescribeTargetGroups': {
        const arns = formList(params, 'TargetGroupArns');
        return pages(
          this.targetGroups.filter(
            g => arns.length === 0 || arns.includes(g.TargetGroupArn),
          ),
          'TargetGroups',
          Number(params.PageSize ?? 400),
          params.Marker,
          'NextMarker',
        );
      }
      case 'elasticloadbalancing:DescribeLoadBalancers':
        return { LoadBalancers: this.loadBalancers };
      case 'elasticloadbalancing:DescribeTargetHealth':
        return {
          TargetHealthDescriptions:
            this.targetHealth[params.TargetGroupArn] ?? [],
        };
      case 'ec2:DescribeInstances': {
        const ids = formList(params, 'Filter.1.Value');
        const found = this.instances.filter(i => ids.includes(i.InstanceId));
        return { Reservations: found.map(i => ({ Instances: [i] })) };
      }
      case 'monitoring:DescribeAlarms':
        return {
          MetricAlarms: this.alarms.filter(
            a =>
              params.AlarmNames?.includes(a.AlarmName) ??
              a.AlarmName.startsWith(params.AlarmNamePrefix ?? ''),
          ),
        };
      case 'monitoring:DescribeAlarmHistory':
        return {
          AlarmHistoryItems: this.alarmHistory.filter(
            item =>
              (!params.AlarmName || item.AlarmName === params.AlarmName) &&
              (!params.StartDate || item.Timestamp >= params.StartDate),
          ),
        };
      case 'monitoring:GetMetricData':
        return this.#getMetricData(params);
      case 'rds:DescribeDBInstances':
        return this.#databases(params, this.dbInstances, 'DBInstance');
      case 'rds:DescribeDBClusters':
        return this.#databases(params, this.dbClusters, 'DBCluster');
      case 'rds:DescribeEvents':
        return pages(
          this.events.filter(
            e =>
              e.SourceType === params.SourceType &&
              (!params.SourceIdentifier ||
                e.SourceIdentifier === params.SourceIdentifier) &&
              e.Date >= new Date(params.StartTime),
          ),
          'Events',
          100,
          params.Marker,
          'Marker',
        );
      case 'ecs:DescribeServices':
        return {
          services: this.services.filter(s =>
            params.services.includes(s.serviceName),
          ),
          failures: [],
        };
      case 'ecs:ListTasks':
        return pages(
          this.tasks
            .filter(t => t.group === `service:${params.serviceName}`)
            .map(t => t.taskArn),
          'taskArns',
          params.maxResults ?? 100,
          params.nextToken,
          'nextToken',
        );
      case 'ecs:DescribeTasks':
        return {
          tasks: this.tasks.filter(t => params.tasks.includes(t.taskArn)),
        };
      case 'application-autoscaling:DescribeScalableTargets':
        return { ScalableTargets: this.scalableTargets };
      case 'application-autoscaling:DescribeScalingPolicies':
        return { ScalingPolicies: this.ecsPolicies };
      case 'application-autoscaling:DescribeScalingActivities':
        return { ScalingActivities: this.ecsActivities };
      case 'application-autoscaling:DescribeScheduledActions':
        return { ScheduledActions: this.ecsScheduledActions };
      case 'securityhub:GetFindings':
        return this.#getFindings(params);
      case 'inspector2:ListFindings':
        return this.#listInspectorFindings(params);
      case 'inspector2:ListCoverage':
        return pages(
          params.filterCriteria.resourceId
            .map(({ value }: { value: string }) => value)
            .filter((id: string) => this.scannedInstances.includes(id))
            .map((resourceId: string) => ({
              accountId: this.accountId,
              resourceId,
              resourceType: 'AWS_EC2_INSTANCE',
              scanType: 'PACKAGE',
              scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
            })),
          'coveredResources',
          params.maxResults,
          params.nextToken,
          'nextToken',
        );
      default:
        throw new Error(`the fake account does not know ${key}`);
    }
  }

  #describeGroups(params: Record<string, any>): object {
    const names = formList(params, 'AutoScalingGroupNames');
    const tagKey = params['Filters.member.1.Values.member.1'];
    if (names.length > 50) throw new Error('at most 50 names');
    const found = this.groups.filter(
      group =>
        (names.length === 0 || names.includes(group.name)) &&
        (!tagKey || tagKey in (group.tags ?? {})),
    );
    return pages(
      found.map(group => ({
        AutoScalingGroupName: group.name,
        AutoScalingGroupARN: this.groupArn(group.name),
        MinSize: group.min ?? 1,
        DesiredCapacity: group.desired ?? 2,
        MaxSize: group.max ?? 5,
        DefaultCooldown: 300,
        AvailabilityZones: [`${this.region}a`, `${this.region}b`],
        HealthCheckType: 'ELB',
        HealthCheckGracePeriod: 120,
        CreatedTime: new Date('2026-01-01T00:00:00Z'),
        TargetGroupARNs: group.targetGroups ?? [],
        Instances: group.instances ?? [],
        SuspendedProcesses: [],
        Tags: tagList(group.tags).map(tag => ({
          ...tag,
          ResourceId: group.name,
          ResourceType: 'auto-scaling-group',
          PropagateAtLaunch: true,
        })),
        ...group.extra,
      })),
      'AutoScalingGroups',
      Number(params.MaxRecords ?? 50),
      params.NextToken,
      'NextToken',
    );
  }

  #describeActivities(params: Record<string, any>): object {
    const bound = params['Filters.member.1.Values.member.1'];
    const from = bound ? Date.parse(bound) : 0;
    const found = this.activities.filter(
      a =>
        (!params.AutoScalingGroupName ||
          a.AutoScalingGroupName === params.AutoScalingGroupName) &&
        new Date(a.StartTime).getTime() >= from,
    );
    return pages(
      found,
      'Activities',
      Number(params.MaxRecords ?? 100),
      params.NextToken,
      'NextToken',
    );
  }

  #ofGroup(
    params: Record<string, any>,
    items: Array<Record<string, any>>,
    member: string,
  ): object {
    return pages(
      items.filter(
        item =>
          !params.AutoScalingGroupName ||
          item.AutoScalingGroupName === params.AutoScalingGroupName,
      ),
      member,
      Number(params.MaxRecords ?? 50),
      params.NextToken,
      'NextToken',
    );
  }

  #getFindings(params: Record<string, any>): object {
    const { ResourceId, RecordState } = params.Filters;
    if (ResourceId.length > 20) throw new Error('at most 20 values');
    const ids = ResourceId.map(({ Value }: { Value: string }) => Value);
    return pages(
      this.hubFindings.filter(
        finding =>
          finding.RecordState === RecordState[0].Value &&
          finding.Resources.some(({ Id }: { Id: string }) => ids.includes(Id)),
      ),
      'Findings',
      params.MaxResults,
      params.NextToken,
      'NextToken',
    );
  }

  #listInspectorFindings(params: Record<string, any>): object {
    const { resourceId, findingStatus } = params.filterCriteria;
    if (resourceId.length > 10) throw new Error('at most 10 values');
    const has = (list: Array<{ value: string }>, value: string) =>
      list.some(item => item.value === value);
    return pages(
      this.inspectorFindings.filter(
        finding =>
          has(findingStatus, finding.status) &&
          finding.resources.some(({ id }: { id: string }) =>
            has(resourceId, id),
          ),
      ),
      'findings',
      params.maxResults,
      params.nextToken,
      'nextToken',
    );
  }

  #getResources(params: Record<string, any>): object {
    const keys = (params.TagFilters ?? []).map((f: { Key: string }) => f.Key);
    const found = this.tagged.filter(r =>
      keys.every((key: string) => key in r.tags),
    );
    return pages(
      found.map(r => ({ ResourceARN: r.arn, Tags: tagList(r.tags) })),
      'ResourceTagMappingList',
      params.ResourcesPerPage,
      params.PaginationToken,
      'PaginationToken',
    );
  }

  #getMetricData(params: Record<string, any>): object {
    const queries: Array<Record<string, any>> = params.MetricDataQueries;
    if (queries.length > 500) throw new Error('at most 500 metrics');
    return {
      MetricDataResults: queries.map(query => {
        const values = this.metric(query, params.StartTime);
        return {
          Id: query.Id,
          Label: query.MetricStat.Metric.MetricName,
          StatusCode: 'Complete',
          Timestamps: values.map((_, i) => params.StartTime + i * 60),
          Values: values,
        };
      }),
    };
  }

  #databases(
    params: Record<string, any>,
    items: Array<Record<string, any>>,
    type: string,
  ): object {
    const ids = Object.entries(params)
      .filter(([key]) => key.includes('.Values.'))
      .map(([, value]) => value);
    return {
      [`${type}s`]: items.filter(
        item => ids.length === 0 || ids.includes(item[`${type}Identifier`]),
      ),
    };
  }
}

function pages(
  items: unknown[],
  member: string,
  size: number,
  token: string | undefined,
  tokenName: string,
): object {
  const from = Number(token || 0);
  const more = from + size < items.length;
  return {
    [member]: items.slice(from, from + size),
    ...(more && { [tokenName]: String(from + size) }),
  };
}
