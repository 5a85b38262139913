import { setTimeout as sleep } from 'node:timers/promises';
import { makePayload, type BodyEncoding } from '../payloads';
import { RawGrpcClient } from './RawGrpcClient';
import { RawHttpClient } from './RawHttpClient';

/** What the generator does; its parent sends it. */
export interface LoadPlan {
  port: number;
  path: string;
  tokens: string[];
  encoding: BodyEncoding;
  gzip: boolean;
  /** `http` by default. */
  protocol?: 'http' | 'grpc';
  /** Services that payloads name: `bench-0` and so on; by default one of another name. */
  services?: number;
  /** Services within one request; by default 1. */
  servicesPerRequest?: number;
  spansPerRequest: number;
  connections: number;
  warmUpMs: number;
  durationMs: number;
  /** Target spans per second; as fast as possible if absent. */
  spansPerSecond?: number;
  /** Fixed bodies to send one after another instead of export requests. */
  bodies?: string[];
}

/** What the generator measured between warm-up and end. */
export interface LoadResult {
  seconds: number;
  /** Spans of requests that got a 200. */
  spans: number;
  statuses: Record<string, number>;
  latencyMs: { p50: number; p95: number; p99: number; max: number };
  /** CPU seconds that the generator used. */
  cpuSeconds: number;
  plainBytesPerSpan: number;
}

/** Payloads per plan; each is one instance. */
const PAYLOADS = 160;

process.on('message', (plan: LoadPlan) => {
  generate(plan).then(
    result => process.send!(result),
    error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function generate(plan: LoadPlan): Promise<LoadResult> {
  const payloads = plan.bodies
    ? plan.bodies.map(body => {
        const bytes = [Buffer.from(body)];
        return { spans: 1, plainBytes: body.length, next: () => bytes };
      })
    : Array.from({ length: PAYLOADS }, (_, instance) =>
        makePayload({
          ...plan,
          spans: plan.spansPerRequest,
          instance,
          services: servicesOf(plan, instance),
        }),
      );
  const clients = Array.from({ length: plan.connections }, (_, index) =>
    plan.protocol === 'grpc'
      ? new RawGrpcClient(plan.port, {
          gzip: plan.gzip,
          token: plan.tokens[index % plan.tokens.length],
        })
      : new RawHttpClient(plan.port, headOf(plan, index)),
  );
  process.send!('ready');
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  let spans = 0;
  let measuring = false;
  let stopped = false;
  let next = 0;
  const began = performance.now();
  let plannedSpans = 0;

  async function worker(client: Pick<RawHttpClient, 'send'>, index: number) {
    while (!stopped) {
      if (plan.spansPerSecond) {
        const due = began + (plannedSpans / plan.spansPerSecond) * 1000;
        // Read before the wait: otherwise all waiting connections would send at
        // the same time.
        plannedSpans += plan.spansPerRequest;
        const waitMs = due - performance.now();
        if (waitMs > 1) {
          await sleep(waitMs);
        }
      }
      // Each connection sends payloads of its own entity: an instance belongs to
      // exactly one.
      next++;
      const entities = plan.services ?? plan.tokens.length;
      const own = next * entities + (index % entities);
      const payload = payloads[own % payloads.length];
      let status = 'error';
      let latencyMs = 0;
      try {
        const answer = await client.send(payload.next());
        status = String(answer.status);
        latencyMs = answer.latencyMs;
      } catch {
        await sleep(20);
      }
      if (measuring) {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === '200') {
          spans += payload.spans;
          latencies.push(latencyMs);
        }
      }
      if (status === '503' || status === '429') {
        await sleep(50);
      }
    }
  }

  const workers = clients.map(worker);
  await sleep(plan.warmUpMs);
  process.send!('measuring');
  measuring = true;
  const cpu = process.cpuUsage();
  const from = performance.now();
  await sleep(plan.durationMs);
  measuring = false;
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  process.send!('measured');
  stopped = true;
  await Promise.all(workers);
  clients.forEach(client => client.close());
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    seconds,
    spans,
    statuses,
    latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    cpuSeconds: (used.user + used.system) / 1e6,
    plainBytesPerSpan: payloads[0].plainBytes / payloads[0].spans,
  };
}

function servicesOf(plan: LoadPlan, instance: number): string[] | undefined {
  const { services, servicesPerRequest = 1 } = plan;
  if (services === undefined) return undefined;
  return Array.from(
    { length: servicesPerRequest },
    (_, i) => `bench-${(instance + i) % services}`,
  );
}

function headOf(plan: LoadPlan, index: number): string {
  const token = plan.tokens[index % plan.tokens.length];
  const json = plan.bodies || plan.encoding === 'json';
  return [
    `POST ${plan.path} HTTP/1.1`,
    'host: 127.0.0.1',
    `content-type: application/${json ? 'json' : 'x-protobuf'}`,
    ...(token ? [`authorization: Bearer ${token}`] : []),
    ...(plan.gzip && !plan.bodies ? ['content-encoding: gzip'] : []),
    '',
  ].join('\r\n');
}
