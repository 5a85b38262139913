import * as aas from '@aws-sdk/client-application-auto-scaling';
import * as as from '@aws-sdk/client-auto-scaling';
import * as cw from '@aws-sdk/client-cloudwatch';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as rds from '@aws-sdk/client-rds';
import * as tag from '@aws-sdk/client-resource-groups-tagging-api';
import { callsOf } from './AwsCall';

const autoScaling = callsOf('autoScaling');
const applicationAutoScaling = callsOf('applicationAutoScaling');
const cloudWatch = callsOf('cloudWatch');
const elasticLoadBalancing = callsOf('elasticLoadBalancing');
const ecsCalls = callsOf('ecs');
const rdsCalls = callsOf('rds');

/*
 * Every AWS operation that the module uses. All calls to AWS go through an
 * entry of this table, and the IAM policy in the documentation is generated
 * from it, so the two cannot differ.
 */
export const awsCalls = {
  getResources: callsOf('tagging').list<
    tag.GetResourcesCommandInput,
    tag.GetResourcesCommandOutput,
    tag.ResourceTagMapping
  >(tag.GetResourcesCommand, {
    iamAction: 'tag:GetResources',
    purpose: 'find the resources that carry the tag cloudtrace:entity-ref',
    tokens: 'PaginationToken',
    items: output => output.ResourceTagMappingList,
  }),

  describeAutoScalingGroups: autoScaling.list<
    as.DescribeAutoScalingGroupsCommandInput,
    as.DescribeAutoScalingGroupsCommandOutput,
    as.AutoScalingGroup
  >(as.DescribeAutoScalingGroupsCommand, {
    iamAction: 'autoscaling:DescribeAutoScalingGroups',
    purpose: 'groups with tags, capacity, instances and suspended processes',
    tokens: 'NextToken',
    items: output => output.AutoScalingGroups,
  }),
  describeScalingActivities: autoScaling.list<
    as.DescribeScalingActivitiesCommandInput,
    as.DescribeScalingActivitiesCommandOutput,
    as.Activity
  >(as.DescribeScalingActivitiesCommand, {
    iamAction: 'autoscaling:DescribeScalingActivities',
    purpose: 'scaling history with causes',
    tokens: 'NextToken',
    items: output => output.Activities,
  }),
  describePolicies: autoScaling.list<
    as.DescribePoliciesCommandInput,
    as.DescribePoliciesCommandOutput,
    as.ScalingPolicy
  >(as.DescribePoliciesCommand, {
    iamAction: 'autoscaling:DescribePolicies',
    purpose: 'scaling policies and their alarms',
    tokens: 'NextToken',
    items: output => output.ScalingPolicies,
  }),
  describeScheduledActions: autoScaling.list<
    as.DescribeScheduledActionsCommandInput,
    as.DescribeScheduledActionsCommandOutput,
    as.ScheduledUpdateGroupAction
  >(as.DescribeScheduledActionsCommand, {
    iamAction: 'autoscaling:DescribeScheduledActions',
    purpose: 'planned capacity changes of groups',
    tokens: 'NextToken',
    items: output => output.ScheduledUpdateGroupActions,
  }),

  describeInstances: callsOf('ec2').list<
    ec2.DescribeInstancesCommandInput,
    ec2.DescribeInstancesCommandOutput,
    ec2.Instance
  >(ec2.DescribeInstancesCommand, {
    iamAction: 'ec2:DescribeInstances',
    purpose: 'launch time, type and zone of new instances',
    tokens: 'NextToken',
    items: output => output.Reservations?.flatMap(r => r.Instances ?? []),
  }),

  describeTargetGroups: elasticLoadBalancing.list<
    elb.DescribeTargetGroupsCommandInput,
    elb.DescribeTargetGroupsCommandOutput,
    elb.TargetGroup
  >(elb.DescribeTargetGroupsCommand, {
    iamAction: 'elasticloadbalancing:DescribeTargetGroups',
    purpose: 'health-check settings and load balancers of target groups',
    items: output => output.TargetGroups,
    nextToken: output => output.NextMarker,
    withToken: (input, Marker) => ({ ...input, Marker }),
  }),
  describeTargetHealth: elasticLoadBalancing.single<
    elb.DescribeTargetHealthCommandInput,
    elb.DescribeTargetHealthCommandOutput
  >(elb.DescribeTargetHealthCommand, {
    iamAction: 'elasticloadbalancing:DescribeTargetHealth',
    purpose: 'state and reason of every target',
  }),
  describeLoadBalancers: elasticLoadBalancing.list<
    elb.DescribeLoadBalancersCommandInput,
    elb.DescribeLoadBalancersCommandOutput,
    elb.LoadBalancer
  >(elb.DescribeLoadBalancersCommand, {
    iamAction: 'elasticloadbalancing:DescribeLoadBalancers',
    purpose: 'find load balancers by name where no tag is required',
    items: output => output.LoadBalancers,
    nextToken: output => output.NextMarker,
    withToken: (input, Marker) => ({ ...input, Marker }),
  }),

  describeAlarms: cloudWatch.list<
    cw.DescribeAlarmsCommandInput,
    cw.DescribeAlarmsCommandOutput,
    cw.MetricAlarm
  >(cw.DescribeAlarmsCommand, {
    iamAction: 'cloudwatch:DescribeAlarms',
    purpose: 'state, threshold and reason of alarms',
    tokens: 'NextToken',
    items: output => output.MetricAlarms,
  }),
  describeAlarmHistory: cloudWatch.list<
    cw.DescribeAlarmHistoryCommandInput,
    cw.DescribeAlarmHistoryCommandOutput,
    cw.AlarmHistoryItem
  >(cw.DescribeAlarmHistoryCommand, {
    iamAction: 'cloudwatch:DescribeAlarmHistory',
    purpose: 'when alarms changed state, and at which value',
    tokens: 'NextToken',
    items: output => output.AlarmHistoryItems,
  }),
  getMetricData: cloudWatch.list<
    cw.GetMetricDataCommandInput,
    cw.GetMetricDataCommandOutput,
    cw.MetricDataResult
  >(cw.GetMetricDataCommand, {
    iamAction: 'cloudwatch:GetMetricData',
    purpose: 'metric charts, and which target groups changed',
    tokens: 'NextToken',
    items: output => output.MetricDataResults,
  }),

  describeDBInstances: rdsCalls.list<
    rds.DescribeDBInstancesCommandInput,
    rds.DescribeDBInstancesCommandOutput,
    rds.DBInstance
  >(rds.DescribeDBInstancesCommand, {
    iamAction: 'rds:DescribeDBInstances',
    purpose: 'state and zone of database instances',
    tokens: 'Marker',
    items: output => output.DBInstances,
  }),
  describeDBClusters: rdsCalls.list<
    rds.DescribeDBClustersCommandInput,
    rds.DescribeDBClustersCommandOutput,
    rds.DBCluster
  >(rds.DescribeDBClustersCommand, {
    iamAction: 'rds:DescribeDBClusters',
    purpose: 'members of database clusters and which one writes',
    tokens: 'Marker',
    items: output => output.DBClusters,
  }),
  describeEvents: rdsCalls.list<
    rds.DescribeEventsCommandInput,
    rds.DescribeEventsCommandOutput,
    rds.Event
  >(rds.DescribeEventsCommand, {
    iamAction: 'rds:DescribeEvents',
    purpose: 'failovers, restarts and maintenance of databases',
    tokens: 'Marker',
    items: output => output.Events,
  }),

  describeServices: ecsCalls.single<
    ecs.DescribeServicesCommandInput,
    ecs.DescribeServicesCommandOutput
  >(ecs.DescribeServicesCommand, {
    iamAction: 'ecs:DescribeServices',
    purpose: 'capacity, deployments and events of ECS services',
  }),
  listTasks: ecsCalls.list<
    ecs.ListTasksCommandInput,
    ecs.ListTasksCommandOutput,
    string
  >(ecs.ListTasksCommand, {
    iamAction: 'ecs:ListTasks',
    purpose: 'tasks of ECS services',
    tokens: 'nextToken',
    items: output => output.taskArns,
  }),
  describeTasks: ecsCalls.single<
    ecs.DescribeTasksCommandInput,
    ecs.DescribeTasksCommandOutput
  >(ecs.DescribeTasksCommand, {
    iamAction: 'ecs:DescribeTasks',
    purpose: 'state, zone and start of tasks',
  }),

  describeScalableTargets: applicationAutoScaling.list<
    aas.DescribeScalableTargetsCommandInput,
    aas.DescribeScalableTargetsCommandOutput,
    aas.ScalableTarget
  >(aas.DescribeScalableTargetsCommand, {
    iamAction: 'application-autoscaling:DescribeScalableTargets',
    purpose: 'limits of ECS services that scale',
    tokens: 'NextToken',
    items: output => output.ScalableTargets,
  }),
  describeEcsScalingPolicies: applicationAutoScaling.list<
    aas.DescribeScalingPoliciesCommandInput,
    aas.DescribeScalingPoliciesCommandOutput,
    aas.ScalingPolicy
  >(aas.DescribeScalingPoliciesCommand, {
    iamAction: 'application-autoscaling:DescribeScalingPolicies',
    purpose: 'scaling policies of ECS services',
    tokens: 'NextToken',
    items: output => output.ScalingPolicies,
  }),
  describeEcsScalingActivities: applicationAutoScaling.list<
    aas.DescribeScalingActivitiesCommandInput,
    aas.DescribeScalingActivitiesCommandOutput,
    aas.ScalingActivity
  >(aas.DescribeScalingActivitiesCommand, {
    iamAction: 'application-autoscaling:DescribeScalingActivities',
    purpose: 'scaling history of ECS services',
    tokens: 'NextToken',
    items: output => output.ScalingActivities,
  }),
  describeEcsScheduledActions: applicationAutoScaling.list<
    aas.DescribeScheduledActionsCommandInput,
    aas.DescribeScheduledActionsCommandOutput,
    aas.ScheduledAction
  >(aas.DescribeScheduledActionsCommand, {
    iamAction: 'application-autoscaling:DescribeScheduledActions',
    purpose: 'planned capacity changes of ECS services',
    tokens: 'NextToken',
    items: output => output.ScheduledActions,
  }),
};
