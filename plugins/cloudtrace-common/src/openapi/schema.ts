// Generated from cloudtrace-backend/src/schema/openapi.yaml by `yarn generate:api`. Do not edit.
export interface paths {
  '/v1/entities/{kind}/{namespace}/{name}/environments': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /** Environments of an entity, in the order to show them */
    get: operations['listEnvironments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/load-distribution': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /** Who carries the load, is it fair, who is slow */
    get: operations['getLoadDistribution'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/requests': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /** Single requests, newest first */
    get: operations['listRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/requests/facets': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /**
     * Counts per instance, zone, route, method and status, and the distribution of durations
     * @description Takes the filters of the list; each facet leaves its own filter out, so that its other values can be chosen.
     */
    get: operations['getRequestFacets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/requests/{traceId}/{spanId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        traceId: components['schemas']['TraceId'];
        spanId: components['schemas']['SpanId'];
      };
      cookie?: never;
    };
    /** Everything known of one request */
    get: operations['getRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /** Ingest tokens of an entity, without their secrets */
    get: operations['listTokens'];
    put?: never;
    /** Create an ingest token; its secret is shown only in this answer */
    post: operations['createToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/tokens/{tokenId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        tokenId: components['schemas']['TokenId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke an ingest token; takes effect on every replica within 30 seconds */
    delete: operations['revokeToken'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/diagnostics': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    /** Why is something missing */
    get: operations['getDiagnostics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ErrorBody: {
      error: {
        name: string;
        message: string;
      };
      response: {
        statusCode: number;
      };
    };
    EnvironmentName: string;
    /** @description 32 hexadecimal digits. */
    TraceId: string;
    /** @description 16 hexadecimal digits. */
    SpanId: string;
    EntityEnvironment: {
      name: components['schemas']['EnvironmentName'];
      /** @description What is known of it. */
      sources: ('annotation' | 'requests' | 'fleet' | 'scans')[];
      /**
       * Format: date-time
       * @description When the last request arrived.
       */
      lastReceivedAt?: string;
    };
    EnvironmentList: {
      items: components['schemas']['EntityEnvironment'][];
      /** @description The environment of a call that names none. */
      default: components['schemas']['EnvironmentName'];
    };
    /**
     * @default instance
     * @enum {string}
     */
    LoadGroupBy: 'instance' | 'zone' | 'route';
    /** @description Absent values mean that there were no requests. */
    LatencyMs: {
      p50?: number;
      p95?: number;
      p99?: number;
      max?: number;
      mean?: number;
    };
    LoadTotals: {
      requests: number;
      errors: number;
      /** @description errors / requests; absent without requests. */
      errorRate?: number;
      /** @description Mean over the part of the range that lies in the past. */
      requestsPerSecond: number;
      latencyMs: components['schemas']['LatencyMs'];
    };
    LoadPoint: {
      /**
       * Format: date-time
       * @description Start of the step.
       */
      t: string;
      requests: number;
      errors: number;
      p50Ms?: number;
      p95Ms?: number;
      p99Ms?: number;
    };
    /** @description Something about a group that deserves attention, with the figures behind it. */
    LoadFlag: {
      /**
       * @description hot and cold: share far above or below the fair share; slow: p95 far above that of the others; failing: error rate far above that of the others; new: first request within the range; silent: no more requests while others have them.
       * @enum {string}
       */
      kind: 'hot' | 'cold' | 'slow' | 'failing' | 'new' | 'silent';
      /** @enum {string} */
      severity: 'info' | 'warning' | 'critical';
      /** @description The group's figure; share and error rate as fractions, durations in milliseconds. */
      value?: number;
      /** @description What it is compared with. */
      reference?: number;
      /** @enum {string} */
      unit?: '1' | 'ms';
      /** Format: date-time */
      since?: string;
    };
    LoadGroup: {
      /** @description Instance id, zone or `METHOD route`; the value to filter by. */
      key: string;
      label: string;
      zone?: string;
      method?: string;
      route?: string;
      requests: number;
      /** @description Fraction of all requests of the range. */
      share: number;
      errors: number;
      errorRate?: number;
      latencyMs: components['schemas']['LatencyMs'];
      /**
       * Format: date-time
       * @description First request ever.
       */
      firstSeenAt?: string;
      /**
       * Format: date-time
       * @description Start of the last step with a request.
       */
      lastSeenAt?: string;
      /** @description The same group in the period before; absent if it had no requests. */
      previous?: {
        requests: number;
        errors: number;
        share: number;
        p95Ms?: number;
      };
      flags: components['schemas']['LoadFlag'][];
      /** @description One point for each step with requests; a missing step had none. */
      series: components['schemas']['LoadPoint'][];
    };
    /** @description How evenly the load is spread over the groups. */
    LoadBalance: {
      /** @description Groups with requests that the figures are made from. */
      groups: number;
      /** @description 1 / groups. */
      fairShare?: number;
      /** @description Jain's fairness index; 1 is perfectly even */
      jainIndex?: number;
      /** @description Requests of the busiest group / mean. */
      maxToMean?: number;
      /**
       * @description not-comparable with fewer than two groups, too few requests, or routes.
       * @enum {string}
       */
      verdict: 'even' | 'slightly-uneven' | 'uneven' | 'not-comparable';
      busiest?: components['schemas']['LoadShare'];
      idlest?: components['schemas']['LoadShare'];
    };
    LoadShare: {
      key: string;
      label: string;
      share: number;
    };
    LoadDistribution: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      stepMs: number;
      environment: components['schemas']['EnvironmentName'];
      groupBy: components['schemas']['LoadGroupBy'];
      /**
       * Format: date-time
       * @description When the last request arrived; absent if none ever did.
       */
      asOf?: string;
      totals: components['schemas']['LoadTotals'];
      /** @description The period of the same length just before. */
      previous?: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
        totals: components['schemas']['LoadTotals'];
      };
      balance: components['schemas']['LoadBalance'];
      /** @description Busiest first. */
      groups: components['schemas']['LoadGroup'][];
      groupsTotal: number;
      /** @description Sum of the groups beyond `limit`; absent if there are none. */
      otherGroups?: {
        groups: number;
        requests: number;
        errors: number;
        share: number;
      };
      /** @description All groups together; one point for each step of the range, also without requests. */
      series: components['schemas']['LoadPoint'][];
    };
    RequestRecord: {
      /**
       * Format: date-time
       * @description With microseconds.
       */
      startedAt: string;
      traceId: components['schemas']['TraceId'];
      spanId: components['schemas']['SpanId'];
      /** @enum {string} */
      kind: 'server' | 'consumer';
      /** @description HTTP method */
      method: string;
      route: string;
      /** @description HTTP status; absent if the request has none. */
      statusCode?: number;
      durationMs: number;
      instanceId: string;
      zone?: string;
      environment: components['schemas']['EnvironmentName'];
      error: boolean;
    };
    RequestPage: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      items: components['schemas']['RequestRecord'][];
      nextCursor?: string;
      /** @description Exact number of matching requests. */
      total?: number;
      /** @description Lower bound where counting all would take too long. */
      totalAtLeast?: number;
      /**
       * Format: date-time
       * @description Single requests are kept from here on; an earlier `from` finds nothing before it.
       */
      rawSince?: string;
    };
    FacetValue: {
      value: string;
      label?: string;
      zone?: string;
      requests: number;
      errors: number;
    };
    DurationBucket: {
      fromMs: number;
      toMs: number;
      requests: number;
      errors: number;
    };
    RequestFacets: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      /** @description False if only the newest `countedRequests` of the range were counted. */
      exact: boolean;
      countedRequests: number;
      /**
       * Format: date-time
       * @description Oldest request counted
       */
      countedSince?: string;
      instances: components['schemas']['FacetValue'][];
      zones: components['schemas']['FacetValue'][];
      routes: components['schemas']['FacetValue'][];
      methods: components['schemas']['FacetValue'][];
      statusCodes: components['schemas']['FacetValue'][];
      /** @description Buckets with logarithmic bounds, contiguous, ascending. */
      durations: components['schemas']['DurationBucket'][];
    };
    RequestDetails: {
      request: components['schemas']['RequestRecord'];
      /** Format: date-time */
      endedAt: string;
      /** @description Requests on the same instance just before and after, by start; ascending. */
      neighbours: {
        before: components['schemas']['RequestRecord'][];
        after: components['schemas']['RequestRecord'][];
      };
      /** @description Other requests of the same trace at this entity. */
      sameTrace: components['schemas']['RequestRecord'][];
      /** @description Latency of the same route in the hour around the request, for comparison. */
      routeLatencyMs?: components['schemas']['LatencyMs'];
      /** @description To the tracing tools that the portal's config names. */
      links: components['schemas']['ExternalLink'][];
    };
    ExternalLink: {
      title: string;
      /** @description http or https. */
      url: string;
    };
    TokenId: string;
    /** @enum {string} */
    TokenKind: 'requests' | 'scans' | 'events';
    IngestToken: {
      tokenId: components['schemas']['TokenId'];
      kind: components['schemas']['TokenKind'];
      name: string;
      environment: components['schemas']['EnvironmentName'];
      /** @enum {string} */
      status: 'live' | 'expired' | 'revoked';
      /** Format: date-time */
      createdAt: string;
      /** @description Entity ref of the user */
      createdBy: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      revokedAt?: string;
      /**
       * Format: date-time
       * @description Written with a delay of up to a minute.
       */
      lastUsedAt?: string;
    };
    IngestTokenList: {
      items: components['schemas']['IngestToken'][];
    };
    CreateTokenRequest: {
      kind: components['schemas']['TokenKind'];
      name: string;
      environment?: components['schemas']['EnvironmentName'];
      /** @description Defaults to 90. */
      expiresInDays?: number;
    };
    CreatedToken: {
      token: components['schemas']['IngestToken'];
      /** @description The bearer token, `ctk_…`. It cannot be shown again. */
      secret: string;
    };
    DiagnosticsProblem: {
      code: string;
      /** @description What is wrong and where, in one sentence. */
      message: string;
      nextStep?: string;
      missingPermission?: string;
      /** Format: date-time */
      at?: string;
    };
    DiagnosticsFigure: {
      id: string;
      label: string;
      value: number;
      /** @description UCUM, e.g. `1`, `By`, `s`. */
      unit: string;
    };
    DiagnosticsResource: {
      id: string;
      type: string;
      name: string;
      /** @enum {string} */
      foundBy: 'annotation' | 'relation' | 'tag';
      /** @description What was matched. */
      foundThrough: string;
      account?: string;
      region?: string;
      consoleUrl?: string;
      /** Format: date-time */
      lastSuccessAt?: string;
    };
    DiagnosticsSource: {
      id: string;
      /** @enum {string} */
      kind: 'requests' | 'fleet' | 'scans' | 'events';
      title: string;
      /**
       * @description waiting is nothing yet; stale is nothing for longer than expected.
       * @enum {string}
       */
      status: 'ok' | 'waiting' | 'stale' | 'problem' | 'off';
      /** @description The state in one sentence. */
      message?: string;
      /** Format: date-time */
      lastSuccessAt?: string;
      /** Format: date-time */
      lastErrorAt?: string;
      problems: components['schemas']['DiagnosticsProblem'][];
      figures: components['schemas']['DiagnosticsFigure'][];
      resources: components['schemas']['DiagnosticsResource'][];
      /** @description Numbers of ingest tokens; no ids and no names. */
      tokens?: {
        live: number;
        expired: number;
        revoked: number;
        /** Format: date-time */
        lastUsedAt?: string;
        /** Format: date-time */
        nextExpiryAt?: string;
      };
    };
    Diagnostics: {
      /** Format: date-time */
      asOf: string;
      environment: components['schemas']['EnvironmentName'];
      sources: components['schemas']['DiagnosticsSource'][];
      /** @description What a service needs in order to send its requests. */
      setup: {
        /** @description Base URL for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
        otlpEndpoint: string;
        /** @description OpenTelemetry `service.name` of the entity. */
        serviceName: string;
      };
    };
  };
  responses: {
    /** @description Backstage's error body. */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
  };
  parameters: {
    Kind: string;
    Namespace: string;
    Name: string;
    /** @description Defaults to the entity's first environment (see `environments`). */
    Environment: components['schemas']['EnvironmentName'];
    /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
    From: string;
    /** @description End of the range, exclusive. Defaults to now. */
    To: string;
    /** @description Width of a point, such as `1m`, `15m`, `6h`, `1d`; at least a minute. `auto` gives about 60 to 120 points. */
    Step: string;
    Limit: number;
    /** @description `nextCursor` of the page before. */
    Cursor: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listEnvironments: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The environments; never empty. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnvironmentList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getLoadDistribution: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        /** @description What a group of the answer is. */
        groupBy?: components['schemas']['LoadGroupBy'];
        /** @description Width of a point, such as `1m`, `15m`, `6h`, `1d`; at least a minute. `auto` gives about 60 to 120 points. */
        step?: components['parameters']['Step'];
        /** @description Greatest number of groups; the others are summed up in `otherGroups`. */
        limit?: number;
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Shares, errors and latencies of each group and over time, read from rollups. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoadDistribution'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listRequests: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        /** @description Instance id; several are combined by "or". */
        instance?: string[];
        zone?: string[];
        route?: string[];
        method?: string[];
        /** @description Status codes (`404`) and classes (`5xx`); several are combined by "or". `0` is a request without an HTTP status. */
        status?: string[];
        minDurationMs?: number;
        maxDurationMs?: number;
        traceId?: components['schemas']['TraceId'];
        /** @description Only requests that count as errors (status 5xx or an error status of the span). */
        errorsOnly?: boolean;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the page before. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of requests. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRequestFacets: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        /** @description Instance id; several are combined by "or". */
        instance?: string[];
        zone?: string[];
        route?: string[];
        method?: string[];
        /** @description Status codes (`404`) and classes (`5xx`); several are combined by "or". `0` is a request without an HTTP status. */
        status?: string[];
        minDurationMs?: number;
        maxDurationMs?: number;
        traceId?: components['schemas']['TraceId'];
        /** @description Only requests that count as errors (status 5xx or an error status of the span). */
        errorsOnly?: boolean;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the page before. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The facets. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestFacets'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRequest: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description The request's `startedAt`, if known; makes the search short. */
        at?: string;
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        traceId: components['schemas']['TraceId'];
        spanId: components['schemas']['SpanId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request, its neighbours and links out. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDetails'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listTokens: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tokens, live ones first, then newest first. Without `environment`, those of all environments. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IngestTokenList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  createToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateTokenRequest'];
      };
    };
    responses: {
      /** @description The token with its secret. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedToken'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        tokenId: components['schemas']['TokenId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked, or revoked before. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  getDiagnostics: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
      };
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Each source of data with what it found, its last success and its problems. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Diagnostics'];
        };
      };
      default: components['responses']['Error'];
    };
  };
}
