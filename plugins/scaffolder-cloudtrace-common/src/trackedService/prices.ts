/**
 * The rough monthly cost of a service from the template, which the review page
 * of the form shows.
 *
 * The figures are on-demand list prices in US dollars, without tax, discounts
 * and free tiers, for a service with little traffic. They are rough on purpose:
 * good enough to see that a NAT gateway per zone costs more than the instances
 * behind it, not for a budget. `templates/tracked-service/docs/prices.md` names
 * the source of each; the AWS Pricing Calculator has exact ones.
 */

import { startersWithNeed } from './starters';

/**
 * When the prices were collected, as year and month.
 * @public
 */
export const PRICES_AS_OF = '2026-11';

/** Hours in a month, as AWS counts them. */
const HOURS = 730;

/**
 * List prices in us-east-1, in US dollars for the unit in the name.
 * @public
 */
export const LIST_PRICES_USD = {
  natGatewayHour: 0.045,
  natGatewayGb: 0.045,
  publicAddressHour: 0.005,
  loadBalancerHour: 0.0225,
  loadBalancerCapacityUnitHour: 0.008,
  instanceHour: 0.0208,
  clusterHour: 0.1,
  nodeHour: 0.0832,
  diskGbMonth: 0.08,
  databaseMultiZoneHour: 0.064,
  databaseMultiZoneGbMonth: 0.23,
  cacheNodeHour: 0.0128,
  brokerHour: 0.0456,
  brokerGbMonth: 0.1,
  fargateCpuHour: 0.04048,
  fargateGbHour: 0.004445,
  firewallMonth: 5,
  firewallRuleMonth: 1,
  keyMonth: 1,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  metricMonth: 0.3,
  logGb: 0.5,
} as const;

/**
 * The price of a region relative to us-east-1: approximate, some 10 to 20 %
 * higher in Europe and more further away.
 */
const REGION_FACTORS: Readonly<Record<string, number>> = {
  'us-east-1': 1,
  'us-east-2': 1,
  'us-west-2': 1,
  'ca-central-1': 1.1,
  'eu-north-1': 1.05,
  'sa-east-1': 1.6,
  'ap-northeast-1': 1.3,
  'ap-southeast-1': 1.25,
  'ap-southeast-2': 1.3,
};
const OTHER_REGIONS_FACTOR = 1.15;

/** Price of a spot instance as a share of the on-demand price; it changes with supply. */
const SPOT_SHARE = 0.35;

/** Monthly usage of a service with little traffic. */
const QUIET = {
  natGb: 20,
  serviceLogGb: 2,
  flowLogGb: 3,
  loadBalancerCapacityUnits: 1,
} as const;

const DISK_GB = 20;
/** On-demand nodes of Kubernetes in each zone of production, so that the pods of a lost zone fit into the others. */
const NODES_PER_ZONE = 2;
/** Both disks of a node of Kubernetes. */
const NODE_DISK_GB = 44;
const DATABASE_GB = 20;
/** Metrics of an instance with one-minute monitoring, and its memory. */
const METRICS_PER_INSTANCE = 8;
const AGENT_TASK = { cpu: 0.25, memoryGb: 0.5 } as const;
const SERVICE_TASK = { cpu: 0.5, memoryGb: 1 } as const;
const BROKER_GB = 50;
const MIN_WORKERS = 2;
/** Price of Fargate Spot as a share of the on-demand price; it changes with supply. */
const FARGATE_SPOT_SHARE = 0.3;

/**
 * The options that affect the price, as the form names them.
 * @public
 */
export interface PricedOptions {
  readonly starter: string;
  readonly region: string;
  readonly zones: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly compute: string;
  readonly scaling: string;
  readonly spot: boolean;
  readonly cache: string;
  readonly clients: string;
  readonly waf: boolean;
  readonly selfHealing: boolean;
  readonly internal: boolean;
  readonly flowLogs: boolean;
}

/**
 * One line of an estimate, in whole US dollars per month.
 * @public
 */
export interface PriceLine {
  readonly what: string;
  readonly usd: number;
}

/**
 * A rough monthly cost.
 * @public
 */
export interface MonthlyEstimate {
  readonly lines: readonly PriceLine[];
  /** With the minimum number of instances, all month. */
  readonly usd: number;
  /** With the maximum number of instances, all month. */
  readonly usdAtMaximum: number;
  /** Explains to the reader what the figures include and exclude. */
  readonly note: string;
}

/**
 * Estimates the monthly cost of the chosen options with little traffic.
 * @public
 */
export function estimateMonthlyCost(options: PricedOptions): MonthlyEstimate {
  const factor = REGION_FACTORS[options.region] ?? OTHER_REGIONS_FACTOR;
  const lines = priceLines(options)
    .filter(({ usd }) => usd > 0)
    .map(({ what, usd }) => ({ what, usd: Math.round(usd * factor) }));
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  const more = Math.max(0, options.maxInstances - options.minInstances);
  const usdAtMaximum =
    usd +
    Math.round(more * instanceMonth(options.compute, options.spot) * factor);
  return {
    lines,
    usd,
    usdAtMaximum,
    note: `Approximate list prices as of ${PRICES_AS_OF} for a quiet service in ${options.region}, without tax, discounts and data transfer to the internet.`,
  };
}

function priceLines(options: PricedOptions): PriceLine[] {
  const p = LIST_PRICES_USD;
  const { zones } = options;
  const hasBroker = startersWithNeed('broker').includes(options.starter);
  const alarms =
    8 +
    (options.scaling === 'target-tracking' ? 0 : 2) +
    (options.cache === 'valkey' ? 1 : 0) +
    (options.clients === 'fargate' ? 1 : 0) +
    (hasBroker ? 5 + zones : 0) +
    (options.selfHealing ? 3 : 0);
  return [
    {
      what: `${zones} NAT gateways`,
      usd:
        zones * HOURS * (p.natGatewayHour + p.publicAddressHour) +
        QUIET.natGb * p.natGatewayGb,
    },
    {
      what: 'Load balancer',
      usd:
        HOURS *
        (p.loadBalancerHour +
          QUIET.loadBalancerCapacityUnits * p.loadBalancerCapacityUnitHour +
          (options.internal ? 0 : zones * p.publicAddressHour)),
    },
    ...computeLines(options),
    {
      what: 'PostgreSQL in two zones (db.t4g.small, 20 GB)',
      usd:
        HOURS * p.databaseMultiZoneHour +
        DATABASE_GB * p.databaseMultiZoneGbMonth,
    },
    {
      what: 'Valkey, two nodes (cache.t4g.micro)',
      usd: options.cache === 'valkey' ? 2 * HOURS * p.cacheNodeHour : 0,
    },
    {
      what: `Kafka, ${zones} brokers (kafka.t3.small, ${BROKER_GB} GB)`,
      usd: hasBroker
        ? zones * (HOURS * p.brokerHour + BROKER_GB * p.brokerGbMonth)
        : 0,
    },
    {
      what: 'Valkey for jobs, two nodes (cache.t4g.micro)',
      usd: hasBroker ? 2 * HOURS * p.cacheNodeHour : 0,
    },
    {
      what: `${MIN_WORKERS} workers on Fargate (0.5 vCPU, 1 GB)`,
      usd: hasBroker ? MIN_WORKERS * taskMonth(SERVICE_TASK) : 0,
    },
    {
      what: 'One download agent on Fargate',
      usd: options.clients === 'fargate' ? taskMonth(AGENT_TASK) : 0,
    },
    {
      what: 'Web application firewall',
      usd: options.waf ? p.firewallMonth + 4 * p.firewallRuleMonth : 0,
    },
    {
      what: 'Logs, alarms, key and secrets',
      usd:
        (QUIET.serviceLogGb + (options.flowLogs ? QUIET.flowLogGb : 0)) *
          p.logGb +
        alarms * p.alarmMonth +
        p.keyMonth +
        (2 + (options.selfHealing ? 1 : 0) + (hasBroker ? 2 : 0)) *
          p.secretMonth,
    },
  ];
}

/** What the service runs on. */
function computeLines({
  compute,
  minInstances,
  spot,
  zones,
}: PricedOptions): PriceLine[] {
  if (compute === 'kubernetes') {
    return [
      {
        what: 'Control plane of EKS',
        usd: HOURS * LIST_PRICES_USD.clusterHour,
      },
      {
        what: `${NODES_PER_ZONE * zones} nodes (t3.large)`,
        usd: NODES_PER_ZONE * zones * nodeMonth(1),
      },
      {
        what: `${zones} Spot nodes (t3.large)`,
        usd: spot ? zones * nodeMonth(SPOT_SHARE) : 0,
      },
    ];
  }
  return [
    {
      what:
        compute === 'ecs'
          ? `${minInstances} tasks on Fargate (0.5 vCPU, 1 GB)`
          : `${minInstances} instances (t3.small)`,
      usd: minInstances * instanceMonth(compute, false),
    },
  ];
}

/** A node of Kubernetes with its disks, at a share of the on-demand price. */
function nodeMonth(share: number): number {
  const p = LIST_PRICES_USD;
  return HOURS * p.nodeHour * share + NODE_DISK_GB * p.diskGbMonth;
}

/** An instance with its disk and one-minute metrics, or a task. */
function instanceMonth(compute: string, spot: boolean): number {
  const p = LIST_PRICES_USD;
  // More pods run on the same nodes, which do not scale by themselves.
  if (compute === 'kubernetes') return 0;
  if (compute === 'ecs') {
    return taskMonth(SERVICE_TASK) * (spot ? FARGATE_SPOT_SHARE : 1);
  }
  return (
    HOURS * p.instanceHour * (spot ? SPOT_SHARE : 1) +
    DISK_GB * p.diskGbMonth +
    METRICS_PER_INSTANCE * p.metricMonth
  );
}

function taskMonth(size: { cpu: number; memoryGb: number }): number {
  const p = LIST_PRICES_USD;
  return (
    HOURS * (size.cpu * p.fargateCpuHour + size.memoryGb * p.fargateGbHour)
  );
}
