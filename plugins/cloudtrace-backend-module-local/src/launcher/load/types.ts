import type { LoadUnit } from '../../protocol/types';

/** One request of a simulated user. */
export interface PlannedRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The response to a request; status 0 if there was none. */
export interface LoadAnswer {
  status: number;
  /** The parsed body; undefined if it is not JSON or very long. */
  body?: unknown;
  /** Cookies that the response sets, as `name=value`. */
  cookies: string[];
}

/** What the users of a service do, one request after the other. */
export interface Scenario {
  next(): PlannedRequest;
  /** Passes the response on, so that later requests can refer to it. */
  answered(request: PlannedRequest, answer: LoadAnswer): void;
}

/** Load on a service, sent to its load balancer. */
export interface ServiceLoad {
  readonly unit: LoadUnit;
  /** Highest amount; more would take too much CPU from the portal. */
  readonly maximum: number;
  amount: number;
  /** Visitors in the shop right now. */
  readonly visitors?: number;
  start(): void;
  stop(): void;
}

/** What users do: requests of the request tracker or of the notifications service at a steady rate, or visitors of a shop who come and go. */
export type LoadKind = 'requests' | 'notifications' | 'visitors';
