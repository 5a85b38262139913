import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  estimateMonthlyCost,
  LIST_PRICES_USD,
  PRICES_AS_OF,
  type PricedOptions,
} from '../prices';

const DEFAULTS: PricedOptions = {
  starter: 'request-tracker',
  region: 'us-east-1',
  zones: 2,
  minInstances: 2,
  maxInstances: 6,
  compute: 'asg',
  scaling: 'step-cpu',
  spot: false,
  cache: 'none',
  clients: 'none',
  waf: false,
  selfHealing: false,
  internal: false,
  flowLogs: true,
};

const usd = (changes: Partial<PricedOptions>) =>
  estimateMonthlyCost({ ...DEFAULTS, ...changes }).usd;

describe('estimateMonthlyCost', () => {
  it('adds up the defaults', () => {
    expect(estimateMonthlyCost(DEFAULTS)).toEqual({
      lines: [
        // 2 × 730 h × $0.05 + 20 GB × $0.045
        { what: '2 NAT gateways', usd: 74 },
        // 730 h × ($0.0225 + $0.008 + 2 × $0.005)
        { what: 'Load balancer', usd: 30 },
        // 2 × (730 h × $0.0208 + 20 GB × $0.08 + 8 × $0.30)
        { what: '2 instances (t3.small)', usd: 38 },
        // 730 h × $0.064 + 20 GB × $0.23
        { what: 'PostgreSQL in two zones (db.t4g.small, 20 GB)', usd: 51 },
        // 5 GB × $0.50 + 10 alarms × $0.10 + $1 + 2 × $0.40
        { what: 'Logs, alarms, key and secrets', usd: 5 },
      ],
      usd: 198,
      usdAtMaximum: 275,
      note: expect.stringMatching(/^Approximate list prices as of 2026-11/),
    });
  });

  it('prices no public addresses of an internal load balancer', () => {
    const { lines } = estimateMonthlyCost({ ...DEFAULTS, internal: true });
    // 730 h × ($0.0225 + $0.008)
    expect(lines).toContainEqual({ what: 'Load balancer', usd: 22 });
  });

  it('prices tasks on Fargate', () => {
    const {
      lines,
      usdAtMaximum,
      usd: minimum,
    } = estimateMonthlyCost({
      ...DEFAULTS,
      compute: 'ecs',
    });
    // 2 × 730 h × (0.5 × $0.04048 + 1 × $0.004445)
    expect(lines).toContainEqual({
      what: '2 tasks on Fargate (0.5 vCPU, 1 GB)',
      usd: 36,
    });
    expect(usdAtMaximum - minimum).toBe(72);
  });

  it('prices the cluster and its nodes, whose number does not grow with the pods', () => {
    const kubernetes = { ...DEFAULTS, compute: 'kubernetes' };
    const {
      lines,
      usdAtMaximum,
      usd: minimum,
    } = estimateMonthlyCost(kubernetes);
    expect(lines).toEqual(
      expect.arrayContaining([
        // 730 h × $0.10
        { what: 'Control plane of EKS', usd: 73 },
        // 2 zones × 2 × (730 h × $0.0832 + 44 GB × $0.08)
        { what: '4 nodes (t3.large)', usd: 257 },
      ]),
    );
    expect(usdAtMaximum).toBe(minimum);
    expect(
      estimateMonthlyCost({ ...kubernetes, spot: true }).lines,
      // 2 × (730 h × $0.0832 × 0.35 + 44 GB × $0.08)
    ).toContainEqual({ what: '2 Spot nodes (t3.large)', usd: 50 });
  });

  it('prices broker, Redis and workers of a starter that needs them', () => {
    const { lines, usd: total } = estimateMonthlyCost({
      ...DEFAULTS,
      starter: 'notifications',
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        // 2 × (730 h × $0.0456 + 50 GB × $0.10)
        { what: 'Kafka, 2 brokers (kafka.t3.small, 50 GB)', usd: 77 },
        // 2 × 730 h × $0.0128
        { what: 'Valkey for jobs, two nodes (cache.t4g.micro)', usd: 19 },
        // 2 × 730 h × (0.5 × $0.04048 + 1 × $0.004445)
        { what: '2 workers on Fargate (0.5 vCPU, 1 GB)', usd: 36 },
        // 5 GB × $0.50 + 17 alarms × $0.10 + $1 + 4 × $0.40
        { what: 'Logs, alarms, key and secrets', usd: 7 },
      ]),
    );
    // 77 + 19 + 36 + 7 - 5
    expect(total - usd({})).toBe(134);
  });

  it('grows with everything that costs more, and shrinks with what costs less', () => {
    const base = usd({});
    for (const change of [
      { zones: 3 },
      { minInstances: 4 },
      { cache: 'valkey' },
      { clients: 'fargate' },
      { waf: true },
      { selfHealing: true },
      { region: 'eu-central-1' },
    ]) {
      expect(usd(change)).toBeGreaterThan(base);
    }
    expect(usd({ flowLogs: false })).toBeLessThan(base);
  });

  it('uses spot prices above the minimum if spot is selected', () => {
    const onDemand = estimateMonthlyCost(DEFAULTS);
    const spot = estimateMonthlyCost({ ...DEFAULTS, spot: true });
    expect(spot.usd).toBe(onDemand.usd);
    expect(spot.usdAtMaximum).toBeLessThan(onDemand.usdAtMaximum);
    expect(
      estimateMonthlyCost({ ...DEFAULTS, maxInstances: 2 }).usdAtMaximum,
    ).toBe(onDemand.usd);
  });
});

describe('docs/prices.md', () => {
  const text = readFileSync(
    path.resolve(__dirname, '../docs/prices.md'),
    'utf8',
  );

  it('lists every figure with the value in use', () => {
    expect(text).toContain(PRICES_AS_OF);
    for (const [name, value] of Object.entries(LIST_PRICES_USD)) {
      expect(text).toMatch(new RegExp(`\\| \`${name}\` +\\| ${value} +\\|`));
    }
  });
});
