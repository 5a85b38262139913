import type { CloudtraceApi } from '../src';
import {
  demoDiagnostics,
  demoFacets,
  demoLoadDistribution,
  demoRequest,
} from './demoData';
import {
  demoActivities,
  demoFailover,
  demoFailoverDetails,
  demoFleetPage,
  demoHealth,
  demoOverview,
  demoScaling,
  demoTimeline,
} from './demoFleet';
import {
  demoFindingDetails,
  demoFindings,
  demoRollup,
  demoScans,
  demoSummary,
} from './demoSecurity';

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
          after: [1, 2].map(i => demoRequest(Math.max(0, n - i), now, 'demo')),
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
    async getHealth(_, query) {
      return demoHealth(instants(query));
    },
    async getScaling(_, query) {
      return demoScaling(instants(query));
    },
    async listScalingActivities(_, query) {
      const range = instants(query);
      const items = demoActivities(range).filter(
        item => !query.status || query.status.includes(item.status),
      );
      return { ...demoScaling(range), items, total: items.length };
    },
    async listFailovers(_, query) {
      const range = instants(query);
      const { from, to, environment, availability } = demoHealth(range);
      return {
        from,
        to,
        environment,
        availability,
        notices: [],
        items: [demoFailover(range)],
        total: 1,
        statistics: {
          count: 1,
          ongoing: 0,
          unplanned: 1,
          meanTimeToDetectMs: 36_000,
          meanTimeToRecoverMs: 144_000,
          longestMs: 144_000,
          requestsFailed: 312,
          impactUnknown: 0,
        },
      };
    },
    async getFailover() {
      return demoFailoverDetails(instants({}));
    },
    async getMetrics(_, query) {
      const { groups, ...rest } = demoScaling(instants(query));
      return {
        ...rest,
        sets: [
          { id: 'demo', title: 'Demo metrics', series: groups[0].drivers },
        ],
      };
    },
    async getTimeline(_, query) {
      return demoTimeline(instants(query));
    },
    async getOverview(_, query) {
      return demoOverview(instants(query));
    },
    async listScans(_, query) {
      return { items: demoScans(instants(query).toMs) };
    },
    async listFindings(_, query) {
      const items = demoFindings(Date.now()).filter(
        item =>
          !query.search ||
          item.title.toLowerCase().includes(query.search.toLowerCase()),
      );
      return {
        items,
        total: items.length,
        tools: ['demo-trivy', 'demo-snyk', 'demo-sast'],
      };
    },
    async getFindingSummary(_, query) {
      const { fromMs, toMs } = instants(query);
      return demoSummary(fromMs, toMs);
    },
    async getFinding(_, findingId) {
      return demoFindingDetails(Date.now(), findingId);
    },
    async triageFinding(_, findingId) {
      return demoFindingDetails(Date.now(), findingId);
    },
    async exportFindings() {
      return new Blob(['demo'], { type: 'text/csv' });
    },
    async getFindingRollup(query) {
      return demoRollup(Date.now(), query);
    },
    async listFleet(query) {
      return demoFleetPage(instants(query));
    },
  };
}
