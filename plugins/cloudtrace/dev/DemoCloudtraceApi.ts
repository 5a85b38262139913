import type { CloudtraceApi } from '../src';
import {
  demoDiagnostics,
  demoFacets,
  demoLoadDistribution,
  demoRequest,
} from './demoData';

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const REQUESTS = 400;

function instants(query: { from?: string; to?: string }) {
  const toMs = query.to ? Date.parse(query.to) : Date.now();
  const fromMs = query.from ? Date.parse(query.from) : toMs - 3_600_000;
  return { fromMs, toMs };
}

/** Answers from formulas; see demoData.ts. */
export function createDemoApi(): CloudtraceApi {
  return {
    async listEnvironments() {
      return {
        items: [
          { name: 'demo', sources: ['requests'] },
          { name: 'demo-empty', sources: ['annotation'] },
        ],
        default: 'demo',
        liveChannel: 'cloudtrace:demo',
      };
    },
    async getLoadDistribution(_, query) {
      await wait(150);
      const environment = query.environment ?? 'demo';
      const data = demoLoadDistribution({
        ...instants(query),
        groupBy: query.groupBy ?? 'instance',
        environment,
      });
      return environment === 'demo-empty'
        ? {
            ...data,
            asOf: undefined,
            groups: [],
            totals: { ...data.totals, requests: 0 },
          }
        : data;
    },
    async listRequests(_, query) {
      const { fromMs, toMs } = instants(query);
      const start = Number(query.cursor ?? 0);
      const limit = query.limit ?? 50;
      const all = Array.from({ length: REQUESTS }, (_unused, n) =>
        demoRequest(n, toMs, 'demo'),
      ).filter(request => !query.errorsOnly || request.error);
      return {
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        environment: 'demo',
        asOf: new Date(toMs).toISOString(),
        items: all.slice(start, start + limit),
        nextCursor:
          start + limit < all.length ? String(start + limit) : undefined,
        total: all.length,
      };
    },
    async getRequestFacets(_, query) {
      const { fromMs, toMs } = instants(query);
      return demoFacets(fromMs, toMs, 'demo');
    },
    async getRequest(_, { traceId }) {
      const n = parseInt(traceId, 16) - 0xabc000;
      const now = Date.now();
      const request = demoRequest(n, now, 'demo');
      return {
        request,
        endedAt: new Date(
          Date.parse(request.startedAt) + request.durationMs,
        ).toISOString(),
        neighbours: {
          before: [3, 2, 1].map(i => demoRequest(n + i * 4, now, 'demo')),
          after: [1, 2].map(i => demoRequest(n - i * 4, now, 'demo')),
        },
        sameTrace: [],
        routeLatencyMs: { p50: 14, p95: 71, p99: 130 },
        links: [
          {
            title: 'Jaeger',
            url: `https://jaeger.example.com/trace/${traceId}`,
          },
        ],
      };
    },
    async listTokens() {
      return {
        items: [
          {
            tokenId: 'abcDEF123456',
            kind: 'requests',
            name: 'demo token',
            environment: 'demo',
            status: 'live',
            createdAt: '2026-01-01T00:00:00Z',
            createdBy: 'user:default/demo',
            expiresAt: '2027-01-01T00:00:00Z',
            lastUsedAt: new Date().toISOString(),
          },
        ],
      };
    },
    async createToken(_, request) {
      return {
        token: {
          tokenId: 'demoDEMO0001',
          kind: request.kind,
          name: request.name,
          environment: request.environment ?? 'demo',
          status: 'live',
          createdAt: new Date().toISOString(),
          createdBy: 'user:default/demo',
          expiresAt: '2027-01-01T00:00:00Z',
        },
        secret: 'ctk_demo-secret-that-opens-nothing',
      };
    },
    async revokeToken() {},
    async getDiagnostics(_, query) {
      return demoDiagnostics(Date.now(), query?.environment ?? 'demo');
    },
  };
}
