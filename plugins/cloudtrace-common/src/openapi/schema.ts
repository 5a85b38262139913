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
    /** Lists the environments of an entity in display order */
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
    /** Shows how load spreads, whether it is balanced, and which groups are slow */
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
    /** Lists single requests, newest first */
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
     * Counts requests per instance, zone, route, method and status, with the distribution of durations
     * @description Accepts the filters of the list. Each facet ignores its own filter, so its other values stay selectable.
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
    /** Returns everything known about one request */
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
    /** Lists the ingest tokens of an entity, without their secrets */
    get: operations['listTokens'];
    put?: never;
    /** Creates an ingest token; only this response contains its secret */
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
    /** Revokes an ingest token; takes effect on every replica within 30 seconds */
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
    /** Explains why data is missing */
    get: operations['getDiagnostics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/health': {
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
    /** Shows which targets are unhealthy, why, since when and what to do */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/scaling': {
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
    /** Shows capacity now and over time, policies, schedules and alarms */
    get: operations['getScaling'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/scaling/activities': {
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
    /** Lists scaling activities with their causes, newest first */
    get: operations['listScalingActivities'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/failovers': {
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
    /** Lists failovers with recovery times and cost, newest first */
    get: operations['listFailovers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/failovers/{failoverId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        failoverId: string;
      };
      cookie?: never;
    };
    /** Returns one failover as a story, with the requests around it */
    get: operations['getFailover'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/metrics': {
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
    /** Returns metrics of the entity's resources */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/timeline': {
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
    /** Lists everything that happened, newest first */
    get: operations['getTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/overview': {
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
     * Returns the current health and what stands out
     * @description Omits parts that the caller may not read and lists them in `hidden`.
     */
    get: operations['getOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/fleet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists all services that the caller may see, worst first */
    get: operations['listFleet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/platform/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the platform tokens, without their secrets */
    get: operations['listPlatformTokens'];
    put?: never;
    /** Creates a platform token; only this response contains its secret */
    post: operations['createPlatformToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/platform/tokens/{tokenId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        tokenId: components['schemas']['TokenId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes a platform token; takes effect on every replica within 30 seconds */
    delete: operations['revokePlatformToken'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/platform/services': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists services that platform tokens sent requests of, but that were not stored */
    get: operations['listUnknownServices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/platform/assignments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the services that operators assigned to entities */
    get: operations['listServiceAssignments'];
    /**
     * Assigns a service to an entity; takes effect on every replica within 30 seconds
     * @description An assignment takes precedence over annotations. It ends if the entity is registered again.
     */
    put: operations['assignService'];
    post?: never;
    /** Ends the assignment of a service */
    delete: operations['unassignService'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reports a deploy, drift, a load test or a self-healing action
     * @description Authenticates with an ingest token of the kind `events`, which determines entity and environment, or with an OIDC token of a CI run and both in the query. Each `id` of a kind is stored once; a later report updates the earlier one.
     */
    post: operations['reportEvent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/scans/{format}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Uploads the results of a scan
     * @description Authenticates with an ingest token of the kind `scans`, which determines the entity, or with an OIDC token of a CI run and the entity in the query. The scan replaces the previous scan of the same tool, category and ref. At most 10 MiB with gzip and 64 MiB of JSON.
     */
    post: operations['uploadScan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/sonarqube/{instance}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the instance in `cloudtrace.sonarqube.instances`. */
        instance: string;
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receives a webhook delivery from SonarQube
     * @description Signed by SonarQube. The delivery itself is not stored: CloudTrace reads the project from the configured instance afterwards. Returns 401 for a wrong signature and for an unknown instance. At most 256 KiB.
     */
    post: operations['receiveSonarqubeWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/snyk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receives a webhook delivery from Snyk
     * @description Signed by Snyk, and there only if `cloudtrace.snyk.webhookSecrets` is set. The header `X-Snyk-Event` says what it is: the project of a `project_snapshot/v0` is pulled afterwards, all others are answered and ignored. Only the ids of the body are used; at most 1 MiB.
     */
    post: operations['receiveSnykWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/scans': {
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
    /** Lists uploaded and pulled scans, newest first */
    get: operations['listScans'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/findings': {
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
    /** Lists the entity's findings, deduplicated across tools */
    get: operations['listFindings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/findings/summary': {
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
    /** Returns counts by severity, their trend over the range, new and fixed findings since the last scan, and quality gates */
    get: operations['getFindingSummary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/findings/export': {
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
    /** Exports all findings that match the filters as a file */
    get: operations['exportFindings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{kind}/{namespace}/{name}/findings/{findingId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        findingId: string;
      };
      cookie?: never;
    };
    /** Returns one finding with its sources and history */
    get: operations['getFinding'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Accepts a risk, marks a false positive, or undoes the decision */
    patch: operations['triageFinding'];
    trace?: never;
  };
  '/v1/findings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Groups open findings of the entities that the caller may see, worst first */
    get: operations['getFindingRollup'];
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
    /** @description Kind of an entity; letters and digits that start with a letter. */
    EntityKind: string;
    /** @description Namespace or name of an entity; no spaces, control characters or any of `/`, `:`, `?`, `#`, `%`, `\`. */
    EntityNamePart: string;
    /** @description 32 hexadecimal digits. */
    TraceId: string;
    /** @description 16 hexadecimal digits. */
    SpanId: string;
    EntityEnvironment: {
      name: components['schemas']['EnvironmentName'];
      /** @description Kinds of data that the environment has. */
      sources: ('annotation' | 'requests' | 'fleet' | 'scans')[];
      /**
       * Format: date-time
       * @description When the last request arrived.
       */
      lastReceivedAt?: string;
    };
    EnvironmentList: {
      items: components['schemas']['EntityEnvironment'][];
      /** @description The environment of a call without `environment`. */
      default: components['schemas']['EnvironmentName'];
      /** @description Channel of Backstage's signals that announces which kinds of the entity's data changed, never the data. */
      liveChannel: string;
    };
    /**
     * @default instance
     * @enum {string}
     */
    LoadGroupBy: 'instance' | 'zone' | 'route';
    /** @description Values are absent if there were no requests. */
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
      /** @description Mean over the part of the range after the first request ever and before now. */
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
    /** @description Something notable about a group, with the figures behind it. */
    LoadFlag: {
      /**
       * @description hot and cold: share far above or below the fair share; slow: p95 far above the others; failing: error rate far above the others; new: first request within the range; silent: no more requests while others get them. Each group is compared with the others for the time in which it served.
       * @enum {string}
       */
      kind: 'hot' | 'cold' | 'slow' | 'failing' | 'new' | 'silent';
      /** @enum {string} */
      severity: 'info' | 'warning' | 'critical';
      /** @description The group's figure; share and error rate as fractions, durations in milliseconds. */
      value?: number;
      /** @description The value to compare with; absent if the others had too few requests in that time. */
      reference?: number;
      /** @enum {string} */
      unit?: '1' | 'ms';
      /** Format: date-time */
      since?: string;
      /**
       * Format: date-time
       * @description When the group disappeared; absent while it exists.
       */
      until?: string;
    };
    LoadGroup: {
      /** @description Instance id, zone or `METHOD route`; use it as a filter value. */
      key: string;
      label: string;
      /** @description The kind of work that the figures of this group count; only if the response has `kinds`. An instance or zone that does both is two groups with the same key. */
      kind?: components['schemas']['LoadKind'];
      zone?: string;
      method?: string;
      route?: string;
      requests: number;
      /** @description Fraction of all requests of the range; with `kinds` */
      share: number;
      /** @description The share it would have if the requests of each step were spread evenly over the groups of its kind that served for the whole step. In steps in which it appeared or disappeared, its actual share counts as fair. Absent for routes and the kind `unknown`. */
      fairShare?: number;
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
      /** @description The same group in the previous period; absent if it had no requests. */
      previous?: {
        requests: number;
        errors: number;
        share: number;
        p95Ms?: number;
      };
      flags: components['schemas']['LoadFlag'][];
      /** @description One point per step with requests; a missing step had none. */
      series: components['schemas']['LoadPoint'][];
    };
    /** @description How evenly load spreads over the groups. */
    LoadBalance: {
      /** @description Groups included in the figures: at least 3 minutes of service and a fair share of 30 requests. */
      groups: number;
      /** @description Jain's fairness index; 1 is perfectly even */
      jainIndex?: number;
      /** @description Requests of the busiest group / mean. */
      maxToMean?: number;
      /**
       * @description not-comparable for fewer than two such groups, too few requests, routes, or the kind `unknown`.
       * @enum {string}
       */
      verdict: 'even' | 'slightly-uneven' | 'uneven' | 'not-comparable';
      busiest?: components['schemas']['LoadShare'];
      idlest?: components['schemas']['LoadShare'];
    };
    /**
     * @description server: requests, which a load balancer spreads; consumer: messages, which a broker spreads. Groups are compared only with others of their kind. unknown: recorded by a version that did not separate them.
     * @enum {string}
     */
    LoadKind: 'server' | 'consumer' | 'unknown';
    /** @description What was received of one kind of work. */
    LoadOfKind: {
      kind: components['schemas']['LoadKind'];
      requests: number;
      errors: number;
      groupsTotal: number;
      balance: components['schemas']['LoadBalance'];
    };
    /** @description Share and fair share of a group, as in LoadGroup. */
    LoadShare: {
      key: string;
      label: string;
      share: number;
      fairShare: number;
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
       * @description Start of the newest request; absent without requests.
       */
      asOf?: string;
      totals: components['schemas']['LoadTotals'];
      /** @description The previous period of the same length; absent if the first request ever arrived within or after it. */
      previous?: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
        totals: components['schemas']['LoadTotals'];
      };
      /** @description With `kinds`, that of the kind whose load is least even. */
      balance: components['schemas']['LoadBalance'];
      /** @description What was received by kind of work; absent for routes, and if all of it is requests. */
      kinds?: components['schemas']['LoadOfKind'][];
      /** @description Busiest first. */
      groups: components['schemas']['LoadGroup'][];
      groupsTotal: number;
      /** @description Sum of the groups beyond `limit`; absent without such groups. */
      otherGroups?: {
        groups: number;
        requests: number;
        errors: number;
        share: number;
      };
      /** @description All groups together; one point per step of the range from the first request ever, even for steps without requests. */
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
      /** @description HTTP status; absent for requests without one. */
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
      /** @description Lower bound if counting all requests would take too long. */
      totalAtLeast?: number;
      /**
       * Format: date-time
       * @description Single requests are in the database from this time on; an earlier `from` finds nothing before it, except on archived days.
       */
      rawSince?: string;
      /** @description True if the requests come from the archive, because the range lies within one archived day (UTC). */
      archived?: boolean;
      /** @description Days (UTC) of the range that are in the archive and not in `items`, newest first, at most 400. Search each with a range of its own. */
      archivedDays?: string[];
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
      /** @description True if the request comes from the archive. */
      archived?: boolean;
      /** Format: date-time */
      endedAt: string;
      /** @description Requests on the same instance just before and after, ascending by start. */
      neighbours: {
        before: components['schemas']['RequestRecord'][];
        after: components['schemas']['RequestRecord'][];
      };
      /** @description Other requests of the same trace at this entity. */
      sameTrace: components['schemas']['RequestRecord'][];
      /** @description Latency of the same route in the hour around the request, for comparison. */
      routeLatencyMs?: components['schemas']['LatencyMs'];
      /** @description Links to the tracing tools in the portal's config. */
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
      /**
       * @description `entity-replaced`: the entity has been registered again since. `unpeppered`: the token was created before `cloudtrace.tokens.pepper` was set. Neither works.
       * @enum {string}
       */
      status: 'live' | 'expired' | 'revoked' | 'entity-replaced' | 'unpeppered';
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
      /** @description Defaults to the entity's default environment. */
      environment?: components['schemas']['EnvironmentName'];
      /** @description Defaults to 90. */
      expiresInDays?: number;
    };
    CreatedToken: {
      token: components['schemas']['IngestToken'];
      /** @description The bearer token, `ctk_…`. It cannot be shown again. */
      secret: string;
    };
    /** @description OpenTelemetry `service.name`. */
    ServiceName: string;
    /** @description OpenTelemetry `service.namespace`; empty if there is none. */
    ServiceNamespace: string;
    /** @description The entities that a platform token may send requests of. `all`, or those of any of the owners and systems. */
    PlatformScope: {
      /** @constant */
      all?: true;
      owners?: components['schemas']['ScopeRefs'];
      systems?: components['schemas']['ScopeRefs'];
    };
    /** @description Entity refs; a name alone is a group or a system in the namespace `default`. */
    ScopeRefs: string[];
    PlatformToken: {
      tokenId: components['schemas']['TokenId'];
      name: string;
      scope: components['schemas']['PlatformScope'];
      /**
       * @description `unpeppered`: the token was created before `cloudtrace.tokens.pepper` was set, and does not work.
       * @enum {string}
       */
      status: 'live' | 'expired' | 'revoked' | 'unpeppered';
      /** Format: date-time */
      createdAt: string;
      /** @description Entity ref of the user. */
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
    PlatformTokenList: {
      items: components['schemas']['PlatformToken'][];
    };
    CreatePlatformTokenRequest: {
      name: string;
      scope: components['schemas']['PlatformScope'];
      /** @description Defaults to 90. */
      expiresInDays?: number;
    };
    CreatedPlatformToken: {
      token: components['schemas']['PlatformToken'];
      /** @description The bearer token, `ctk_…`. It cannot be shown again. */
      secret: string;
    };
    /**
     * @description `unknown`: no entity claims the name. `ambiguous`: several do, so none gets the requests. `out-of-scope`: the entity is not in the scope of the token. `environment`: the entity does not list the environment.
     * @enum {string}
     */
    UnknownServiceReason:
      | 'unknown'
      | 'ambiguous'
      | 'out-of-scope'
      | 'environment';
    UnknownService: {
      /** @description At most 256 characters; empty if the resource has no `service.name`, `(other)` for all services beyond the limit. */
      name: string;
      namespace: components['schemas']['ServiceNamespace'];
      reason: components['schemas']['UnknownServiceReason'];
      /** @description The environment that the entity does not list, if that is the reason. */
      environment?: string;
      /** @description Spans that were rejected so far. */
      spans: number;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** @description Entities that claim the name now; at most 10. */
      claimedBy: string[];
    };
    UnknownServiceList: {
      items: components['schemas']['UnknownService'][];
      /** @description Number of names that are counted on their own. */
      limit: number;
    };
    AssignServiceRequest: {
      name: components['schemas']['ServiceName'];
      namespace?: components['schemas']['ServiceNamespace'];
      entityRef: string;
    };
    ServiceAssignment: {
      name: string;
      namespace: string;
      entityRef: string;
      /** @description Entity ref of the user. */
      assignedBy: string;
      /** Format: date-time */
      assignedAt: string;
    };
    ServiceAssignmentList: {
      items: components['schemas']['ServiceAssignment'][];
    };
    DiagnosticsProblem: {
      code: string;
      /** @description The problem and its location in one sentence. */
      message: string;
      nextStep?: string;
      missingPermission?: string;
      /** Format: date-time */
      at?: string;
      coded?: components['schemas']['CodedTexts'];
    };
    DiagnosticsFigure: {
      id: string;
      label: string;
      value: number;
      /** @description UCUM, e.g. `1`, `By`, `s`. */
      unit: string;
      coded?: components['schemas']['CodedTexts'];
    };
    DiagnosticsResource: {
      id: string;
      type: string;
      name: string;
      /** @enum {string} */
      foundBy: 'annotation' | 'relation' | 'tag';
      /** @description What was matched. */
      foundThrough: string;
      coded?: components['schemas']['CodedTexts'];
      account?: string;
      region?: string;
      consoleUrl?: string;
      /**
       * Format: date-time
       * @description When everything was last read without a problem.
       */
      lastSuccessAt?: string;
      /** @description The parts that were ever read, each with its own age. */
      parts?: components['schemas']['ResourcePart'][];
    };
    DiagnosticsSource: {
      id: string;
      /** @enum {string} */
      kind: 'requests' | 'fleet' | 'scans' | 'events' | 'archive';
      title: string;
      /**
       * @description waiting means no data yet; stale means no data for longer than expected.
       * @enum {string}
       */
      status: 'ok' | 'waiting' | 'stale' | 'problem' | 'off';
      /** @description The state in one sentence. */
      message?: string;
      coded?: components['schemas']['CodedTexts'];
      /** Format: date-time */
      lastSuccessAt?: string;
      /** Format: date-time */
      lastErrorAt?: string;
      problems: components['schemas']['DiagnosticsProblem'][];
      figures: components['schemas']['DiagnosticsFigure'][];
      resources: components['schemas']['DiagnosticsResource'][];
      /** @description Numbers of ingest tokens, without ids and names. */
      tokens?: {
        live: number;
        expired: number;
        revoked: number;
        /** @description Created before the entity was registered again; they do not work. */
        entityReplaced: number;
        /** @description Hashes without the configured pepper, whether they still work or not. */
        unpeppered: number;
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
      /** @description Settings a service needs to send its requests. */
      setup: {
        /** @description Base URL for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
        otlpEndpoint: string;
        /** @description OpenTelemetry `service.name` of the entity. */
        serviceName: string;
      };
    };
    ResourceSummary: {
      id: string;
      provider: string;
      /** @description E.g. `auto-scaling-group`, `target-group`, `db-instance`. */
      type: string;
      name: string;
      account?: string;
      region?: string;
      /** @description http or https. */
      consoleUrl?: string;
      /**
       * Format: date-time
       * @description When anything of it was last read; see `parts`.
       */
      asOf?: string;
      /** @description True if a part was not read for several cycles: that part shows the last good data. */
      stale?: boolean;
      /** @description The parts that were ever read, each with its own age. */
      parts?: components['schemas']['ResourcePart'][];
    };
    /** @description A part of a resource that is read separately. */
    ResourcePart: {
      part: components['schemas']['ResourcePartName'];
      /**
       * Format: date-time
       * @description When it was last read. Cached values do not count.
       */
      readAt: string;
      /** @description True if it was not read for several cycles. */
      stale?: boolean;
    };
    /** @enum {string} */
    ResourcePartName:
      | 'targets'
      | 'health-check'
      | 'capacity'
      | 'limits'
      | 'instances'
      | 'policies'
      | 'schedules'
      | 'activities'
      | 'alarms'
      | 'database-events'
      | 'metrics';
    /** @description Why a source returned no data or only a part. */
    FleetNotice: {
      code: string;
      message: string;
      nextStep?: string;
      missingPermission?: string;
      resourceId?: string;
      /** Format: date-time */
      at?: string;
      coded?: components['schemas']['CodedTexts'];
    };
    /**
     * @description data: there is something to show; empty: linked, but nothing was collected yet; not-linked: no resource was found for the entity (see `notices`); no-provider: the portal has no fleet provider installed.
     * @enum {string}
     */
    FleetAvailability: 'data' | 'empty' | 'not-linked' | 'no-provider';
    /** @enum {string} */
    TargetStateName:
      | 'initial'
      | 'healthy'
      | 'unhealthy'
      | 'draining'
      | 'unused'
      | 'unavailable'
      | 'unknown';
    /** @description A reason in words. Unknown codes are shown unchanged. */
    PlainReason: {
      summary: string;
      nextStep?: string;
      /** @description The provider's code. */
      code?: string;
      /** @description The provider's own description. */
      vendorText?: string;
      coded?: components['schemas']['CodedTexts'];
    };
    StateInterval: {
      /** Format: date-time */
      from: string;
      /**
       * Format: date-time
       * @description Absent while it lasts.
       */
      to?: string;
      /**
       * @description `gone` after the target left the group; `no-data` while nothing observed it.
       * @enum {string}
       */
      state:
        | 'initial'
        | 'healthy'
        | 'unhealthy'
        | 'draining'
        | 'unused'
        | 'unavailable'
        | 'unknown'
        | 'gone'
        | 'no-data';
      reason?: components['schemas']['PlainReason'];
    };
    HealthTarget: {
      targetId: string;
      label: string;
      /** @description Equal to the instance id of its requests. */
      instanceId?: string;
      port?: number;
      zone?: string;
      /** @description False if it left the group within the range. */
      present: boolean;
      state?: components['schemas']['TargetStateName'];
      /** Format: date-time */
      since?: string;
      reason?: components['schemas']['PlainReason'];
      /** @description Fraction of the observed time during which it was healthy; absent if never observed. */
      availability?: number;
      observedMs?: number;
      /** @description Changes of state within the range. */
      transitions: number;
      /** @description Switched between healthy and unhealthy at least four times within 15 minutes. */
      flapping: boolean;
      intervals: components['schemas']['StateInterval'][];
    };
    HealthZone: {
      zone: string;
      targets: number;
      healthy: number;
      status: components['schemas']['HealthStatus'];
      /**
       * Format: date-time
       * @description When its last target failed and left, if none has replaced it.
       */
      lostAt?: string;
      /** @description Measured time in which its targets were healthy ÷ measured time. After its last target failed and left, the time without targets counts as one failing target. */
      availability?: number;
    };
    /**
     * @description `degraded`: fewer healthy targets than desired; `unknown`: nothing measures; `empty`: no target is desired.
     * @enum {string}
     */
    HealthStatus: 'healthy' | 'degraded' | 'down' | 'unknown' | 'empty';
    /** @description A statement about a service: a code with its values. In value names, `…Rate` and `…Share` mean a fraction, `…Ms` milliseconds. */
    Judgement: {
      code: string;
      /** @enum {string} */
      severity: 'critical' | 'warning' | 'info';
      values: components['schemas']['MessageValues'];
      /** @description The same as an English sentence. */
      text: string;
    };
    /** @description Values of a message by name. A part of a sentence may be a message itself. */
    MessageValues: {
      [key: string]:
        | string
        | number
        | components['schemas']['TranslatableMessage'];
    };
    /** @description A sentence as a code with the values behind it, for translation. */
    TranslatableMessage: {
      code: string;
      values: components['schemas']['MessageValues'];
    };
    /** @description The messages behind the texts of an object, by the names of its properties. Texts of a provider or a tool have none. */
    CodedTexts: {
      [key: string]: components['schemas']['TranslatableMessage'];
    };
    HealthPoint: {
      /** Format: date-time */
      t: string;
      /** @description Absent if the targets were not read at that time; the same for `total`. */
      healthy?: number;
      total?: number;
      desired?: number;
    };
    HealthCheck: {
      protocol: string;
      path?: string;
      port?: string;
      intervalMs: number;
      timeoutMs: number;
      healthyThreshold: number;
      unhealthyThreshold: number;
      matcher?: string;
      /** @description Time until a dead target counts as unhealthy. */
      unhealthyAfterMs?: number;
    };
    HealthGroup: {
      resource: components['schemas']['ResourceSummary'];
      healthCheck?: components['schemas']['HealthCheck'];
      healthy: number;
      /** @description Targets that are in the group now. */
      total: number;
      /** @description Desired capacity behind these targets, if known: of a workload, its own; of a target group, that of the groups with instances in it. */
      desired?: number;
      /** @description How many should be healthy: the desired capacity or, if unknown, the targets that are not draining or unused. */
      wanted: number;
      status: components['schemas']['HealthStatus'];
      /** @description Judgements about its zones. */
      remarks: components['schemas']['Judgement'][];
      availability?: number;
      /** @description Unhealthy targets first, then by zone and id. At most 200 targets that left the group: failed ones first, then the newest. */
      targets: components['schemas']['HealthTarget'][];
      /** @description Number of all targets in the range, if more than listed. The figures cover all. */
      targetsTotal?: number;
      zones: components['schemas']['HealthZone'][];
      /** @description One point per change and at both ends; of more than 2,000, the most significant. The value holds in between. Starts with the first poll of the targets; empty if they were never polled. */
      series: components['schemas']['HealthPoint'][];
    };
    /** @description A target group as it is now. */
    HealthGroupSummary: {
      resource: components['schemas']['ResourceSummary'];
      healthy: number;
      total: number;
    };
    HealthTransition: {
      /** Format: date-time */
      at: string;
      resourceId: string;
      targetId: string;
      instanceId?: string;
      zone?: string;
      /** @description Absent for a new target. */
      from?: string;
      /** @description A target state or `gone`. */
      to: string;
      reason?: components['schemas']['PlainReason'];
    };
    Health: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      availability: components['schemas']['FleetAvailability'];
      /** @description At most 20 groups, those with the most targets that are not healthy first. */
      groups: components['schemas']['HealthGroup'][];
      /** @description The groups beyond `groups`. */
      otherGroups?: components['schemas']['HealthGroupSummary'][];
      /** @description Instances now */
      instances: components['schemas']['InstanceStatus'][];
      /** @description Of the targets of `groups`, newest first, at most 500. */
      transitions: components['schemas']['HealthTransition'][];
      transitionsTotal: number;
      notices: components['schemas']['FleetNotice'][];
    };
    InstanceStatus: {
      instanceId: string;
      zone?: string;
      /** @enum {string} */
      state:
        | 'pending'
        | 'in-service'
        | 'draining'
        | 'standby'
        | 'terminating'
        | 'terminated'
        | 'unknown';
      vendorState?: string;
      instanceType?: string;
      /** Format: date-time */
      launchedAt?: string;
      resourceId?: string;
    };
    Capacity: {
      /** @description Absent if it could not be read; the notices give the reason. */
      min?: number;
      desired: number;
      /** @description Absent if it could not be read; the notices give the reason. */
      max?: number;
      inService: number;
      pending?: number;
      terminating?: number;
    };
    CapacityPoint: {
      /** Format: date-time */
      t: string;
      /** @description Absent if unknown. */
      min?: number;
      desired: number;
      /** @description Absent if unknown. */
      max?: number;
      inService: number;
    };
    ScalingThreshold: {
      /** @enum {string} */
      comparison: '>' | '>=' | '<' | '<=';
      value: number;
      adjustment: number;
    };
    ScalingPolicyStatus: {
      name: string;
      /** @enum {string} */
      kind: 'step' | 'simple' | 'target-tracking' | 'predictive' | 'other';
      enabled: boolean;
      metricName?: string;
      coded?: components['schemas']['CodedTexts'];
      /** @description Series of `drivers` that shows the metric. */
      metricSeriesId?: string;
      targetValue?: number;
      unit?: string;
      thresholds?: components['schemas']['ScalingThreshold'][];
      cooldownMs?: number;
      alarmNames: string[];
    };
    ScheduledActionStatus: {
      name: string;
      recurrence?: string;
      timeZone?: string;
      /** Format: date-time */
      nextAt?: string;
      min?: number;
      desired?: number;
      max?: number;
    };
    SuspendedProcess: {
      name: string;
      /** @description The effect of its suspension. */
      explanation: string;
      coded?: components['schemas']['CodedTexts'];
    };
    ScalingGroup: {
      resource: components['schemas']['ResourceSummary'];
      capacity: components['schemas']['Capacity'];
      /**
       * @description fixed if min equals max; at-zero if scaled to zero on purpose; unknown if the limits could not be read.
       * @enum {string}
       */
      limit: 'none' | 'at-max' | 'at-min' | 'at-zero' | 'fixed' | 'unknown';
      zones?: string[];
      healthCheckGraceMs?: number;
      /** @description One point per change and at both ends; of more than 2,000, the most significant. The value holds in between. */
      capacitySeries: components['schemas']['CapacityPoint'][];
      /** @description Absent if they could not be read; the notices give the reason. */
      policies?: components['schemas']['ScalingPolicyStatus'][];
      /** @description Absent if they could not be read; the notices give the reason. */
      scheduledActions?: components['schemas']['ScheduledActionStatus'][];
      suspendedProcesses?: components['schemas']['SuspendedProcess'][];
      /** @description Series of the metrics that the policies follow. */
      drivers: components['schemas']['MetricSeries'][];
      /** @description Numbers of activities within the range; absent if activities could never be read, with a notice that gives the reason. */
      activities?: {
        total: number;
        failed: number;
        inProgress: number;
        scaleOut: number;
        scaleIn: number;
        last?: components['schemas']['ScalingActivityRecord'];
      };
    };
    AlarmStatus: {
      name: string;
      /** @enum {string} */
      state: 'ok' | 'alarm' | 'insufficient-data' | 'unknown';
      /** Format: date-time */
      since?: string;
      reason?: string;
      coded?: components['schemas']['CodedTexts'];
      metricName?: string;
      comparison?: string;
      threshold?: number;
      unit?: string;
      consoleUrl?: string;
      resourceId: string;
    };
    Scaling: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      availability: components['schemas']['FleetAvailability'];
      groups: components['schemas']['ScalingGroup'][];
      alarms: components['schemas']['AlarmStatus'][];
      notices: components['schemas']['FleetNotice'][];
    };
    /** @enum {string} */
    ScalingActivityStatusName:
      | 'in-progress'
      | 'successful'
      | 'failed'
      | 'cancelled'
      | 'unknown';
    /** @enum {string} */
    ScalingCauseName:
      | 'policy'
      | 'schedule'
      | 'manual'
      | 'health-replacement'
      | 'interruption'
      | 'maintenance'
      | 'rebalance'
      | 'instance-refresh'
      | 'lifetime'
      | 'unknown';
    ScalingActivityRecord: {
      activityId: string;
      resourceId: string;
      resourceName: string;
      /** @enum {string} */
      kind:
        | 'launch'
        | 'terminate'
        | 'capacity-change'
        | 'rollout'
        | 'restart'
        | 'other';
      status: components['schemas']['ScalingActivityStatusName'];
      vendorStatus?: string;
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      endedAt?: string;
      durationMs?: number;
      causeKind: components['schemas']['ScalingCauseName'];
      /** @description The cause in words, e.g. `alarm cpu-high: CPU 74 % > 70 % → +1`. */
      summary: string;
      coded?: components['schemas']['CodedTexts'];
      /** @description The provider's own words. */
      cause?: string;
      description?: string;
      /** @description Error text of a failed activity. */
      message?: string;
      /** @description What to do about a failed activity */
      nextStep?: string;
      policyName?: string;
      alarmName?: string;
      metricValue?: number;
      threshold?: number;
      /** @enum {string} */
      comparison?: '>' | '>=' | '<' | '<=';
      unit?: string;
      fromCapacity?: number;
      toCapacity?: number;
      instanceIds: string[];
    };
    ScalingActivityPage: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      items: components['schemas']['ScalingActivityRecord'][];
      nextCursor?: string;
      /** @description Absent if the activities of a group could never be read. */
      total?: number;
    };
    /** @enum {string} */
    FailoverSubjectKind: 'instance' | 'zone' | 'database' | 'all-targets';
    /** @description Counted from the entity's requests; figures that could not be counted are absent. */
    FailoverImpact: {
      /** @description Errors above the baseline. */
      requestsFailed?: number;
      /** @description Requests that other instances handled instead of the failed part. */
      requestsShifted?: number;
      errorRateBefore?: number;
      errorRateDuring?: number;
      /** @description Share of the failed part before. */
      shareBefore?: number;
    };
    /**
     * @description Missing observations; treat the figures with caution.
     * @enum {string}
     */
    MissingData:
      | 'no-requests'
      | 'no-targets'
      | 'requests-too-sparse'
      | 'start-uncertain'
      | 'recovery-uncertain'
      | 'gap-in-observation'
      | 'clock-skew';
    FailoverSummary: {
      /** @description Stays the same while the episode grows. */
      failoverId: string;
      /** @description Ids of episodes that merged into this one; they resolve to it. */
      previousIds?: string[];
      subject: {
        kind: components['schemas']['FailoverSubjectKind'];
        /** @description Instance id, zone, or resource id. */
        key: string;
        label: string;
        zone?: string;
        resourceId?: string;
      };
      cause: components['schemas']['PlainReason'];
      /** @enum {string} */
      planned: 'yes' | 'no' | 'unknown';
      ongoing: boolean;
      /**
       * Format: date-time
       * @description Earliest evidence
       */
      startedAt: string;
      /**
       * Format: date-time
       * @description When a health check
       */
      detectedAt: string;
      /**
       * Format: date-time
       * @description When the load had moved.
       */
      shiftedAt?: string;
      /** Format: date-time */
      recoveredAt?: string;
      /** @description From the earliest evidence to the detection. Absent if unknown. */
      timeToDetectMs?: number;
      timeToRecoverMs?: number;
      /** @description How often it recovered and failed again within the episode. */
      flaps?: number;
      impact: components['schemas']['FailoverImpact'];
      missingData: components['schemas']['MissingData'][];
    };
    FailoverStep: {
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      kind:
        | 'began'
        | 'detected'
        | 'shifted'
        | 'replacement'
        | 'flapped'
        | 'recovered'
        | 'note';
      title: string;
      detail?: string;
      /** @enum {string} */
      source?:
        | 'health'
        | 'scaling'
        | 'database'
        | 'requests'
        | 'alarm'
        | 'deploy';
      coded?: components['schemas']['CodedTexts'];
    };
    KeyedSeries: {
      key: string;
      label: string;
      points: components['schemas']['LoadPoint'][];
    };
    FailoverDetails: {
      environment: components['schemas']['EnvironmentName'];
      failover: components['schemas']['FailoverSummary'];
      /** @description Ascending. */
      steps: components['schemas']['FailoverStep'][];
      /** @description The time around the episode that the series cover. */
      window: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
        stepMs: number;
      };
      zoneSeries: components['schemas']['KeyedSeries'][];
      instanceSeries: components['schemas']['KeyedSeries'][];
      /** @description True if the caller may not read requests; the series are then empty. */
      requestsHidden?: boolean;
    };
    FailoverPage: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      availability: components['schemas']['FleetAvailability'];
      items: components['schemas']['FailoverSummary'][];
      nextCursor?: string;
      total: number;
      /** @description Of all episodes of the range. */
      statistics: {
        count: number;
        ongoing: number;
        unplanned: number;
        /** @description Only episodes with a known time to detect. */
        meanTimeToDetectMs?: number;
        meanTimeToRecoverMs?: number;
        longestMs?: number;
        /** @description Only of episodes whose impact is known; absent if none is, or if there are no episodes. */
        requestsFailed?: number;
        /** @description Episodes whose failed requests could not be counted. */
        impactUnknown: number;
      };
      notices: components['schemas']['FleetNotice'][];
    };
    MetricPoint: {
      /** Format: date-time */
      t: string;
      /** @description Absent means no data. */
      value?: number;
    };
    MetricSeries: {
      seriesId: string;
      resourceId: string;
      resourceName: string;
      label: string;
      coded?: components['schemas']['CodedTexts'];
      unit: string;
      statistic: string;
      periodMs: number;
      /** @description Period that one point sums up, for sums and counts; absent if a point is a level. */
      perStepMs?: number;
      points: components['schemas']['MetricPoint'][];
      /** @description Target values and alarm thresholds to draw as lines. */
      thresholds?: {
        value: number;
        label: string;
        coded?: components['schemas']['CodedTexts'];
      }[];
    };
    MissingMetric: {
      seriesId: string;
      resourceId: string;
      resourceName: string;
      label: string;
      /** @description One sentence without the full stop. */
      reason: string;
      coded?: components['schemas']['CodedTexts'];
    };
    MetricSet: {
      /** @description A type of resource. */
      id: string;
      title: string;
      series: components['schemas']['MetricSeries'][];
    };
    Metrics: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      availability: components['schemas']['FleetAvailability'];
      sets: components['schemas']['MetricSet'][];
      /** @description Metrics without a value now whose reason is known; empty if the range ended before they were last read. */
      missing?: components['schemas']['MissingMetric'][];
      notices: components['schemas']['FleetNotice'][];
    };
    /** @enum {string} */
    TimelineKind:
      | 'deploy'
      | 'scaling'
      | 'health'
      | 'alarm'
      | 'failover'
      | 'database'
      | 'scan'
      | 'drift'
      | 'load-test'
      | 'healing';
    /** @enum {string} */
    EventSeverity: 'info' | 'success' | 'warning' | 'critical';
    TimelineEvent: {
      id: string;
      /** Format: date-time */
      at: string;
      /** Format: date-time */
      endedAt?: string;
      kind: components['schemas']['TimelineKind'];
      severity: components['schemas']['EventSeverity'];
      title: string;
      detail?: string;
      /** @description The affected instance, group, alarm, database or version. */
      subject?: string;
      zone?: string;
      /** @description Link out; http or https. */
      url?: string;
      failoverId?: string;
      resourceId?: string;
      coded?: components['schemas']['CodedTexts'];
    };
    Timeline: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      items: components['schemas']['TimelineEvent'][];
      nextCursor?: string;
      total: number;
      /** @description Numbers of events per kind over the whole range. */
      counts: {
        [key: string]: number;
      };
      /** @description Parts that the caller may not read. */
      hidden: components['schemas']['HiddenPart'][];
    };
    /** @enum {string} */
    HiddenPart: 'requests' | 'fleet' | 'security';
    SparkPoint: {
      /** Format: date-time */
      t: string;
      value?: number;
    };
    KeyFigure: {
      /** @enum {string} */
      id: 'requestsPerSecond' | 'errorRate' | 'p95Ms' | 'healthy';
      /** @description Absent without data. */
      value?: number;
      /** @description The total, for `healthy`: how many should be healthy, see `HealthGroup.wanted`. */
      of?: number;
      /** @description The previous period of the same length. */
      previous?: number;
      /** @enum {string} */
      unit: '1/s' | '1' | 'ms';
      series: components['schemas']['SparkPoint'][];
    };
    /** @description Something that stands out, as a code with values like a `Judgement`; `text` is the English sentence. */
    Insight: {
      /** @enum {string} */
      kind:
        | 'uneven-load'
        | 'hot'
        | 'cold'
        | 'slow'
        | 'failing'
        | 'new'
        | 'silent'
        | 'latency-jump'
        | 'error-jump'
        | 'unhealthy'
        | 'at-max'
        | 'failed-scaling'
        | 'failover'
        | 'alarm'
        | 'no-data'
        | 'traffic'
        | 'latency'
        | 'errors'
        | 'zone'
        | 'not-measured'
        | 'findings';
      code: string;
      values: components['schemas']['MessageValues'];
      severity: components['schemas']['EventSeverity'];
      text: string;
      /** Format: date-time */
      at?: string;
      subject?: string;
      figures: {
        [key: string]: number;
      };
      /** @description Timeline event just before it that may be the cause. */
      causeEventId?: string;
      /** @enum {string} */
      view?:
        | 'load-distribution'
        | 'requests'
        | 'health-checks'
        | 'scaling-history'
        | 'failover-history'
        | 'security-scans'
        | 'diagnostics';
    };
    Overview: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      environment: components['schemas']['EnvironmentName'];
      /** Format: date-time */
      asOf?: string;
      status: components['schemas']['ServiceStatus'];
      /** @description Instances registered at the load balancer at the end of the range; absent if the caller may not read them. */
      instances?: {
        total: number;
        zones: number;
      };
      /**
       * @description How evenly load spreads over the instances; of requests and messages
       * @enum {string}
       */
      balance?: 'even' | 'slightly-uneven' | 'uneven' | 'not-comparable';
      figures: components['schemas']['KeyFigure'][];
      /** @description Worst first. */
      insights: components['schemas']['Insight'][];
      /** @description Badges for the views; absent means nothing to show or not readable. */
      badges: {
        unhealthyTargets?: number;
        failedScalings?: number;
        ongoingFailovers?: number;
        newCriticalFindings?: number;
        diagnosticsProblems?: number;
      };
      hidden: components['schemas']['HiddenPart'][];
    };
    /** @description The current state of a service, independent of the range, from the parts that the caller may read. */
    ServiceStatus: {
      /** @enum {string} */
      severity: 'critical' | 'warning' | 'ok' | 'no-data';
      /** @description Worst first. */
      reasons: components['schemas']['Judgement'][];
    };
    FleetService: {
      entityRef: string;
      name: string;
      title?: string;
      owner?: string;
      system?: string;
      environment: components['schemas']['EnvironmentName'];
      environments: components['schemas']['EnvironmentName'][];
      /** @enum {string} */
      severity: 'critical' | 'warning' | 'ok' | 'no-data';
      /** @description Reasons for its position in the list, worst first. */
      reasons: components['schemas']['Judgement'][];
      requestsPerSecond?: number;
      errorRate?: number;
      p95Ms?: number;
      healthy?: number;
      targets?: number;
      desired?: number;
      /** @description How many should be healthy, see `HealthGroup.wanted`. */
      wanted?: number;
      lastScaling?: components['schemas']['FleetMoment'];
      lastFailover?: components['schemas']['FleetMoment'];
      openFindings?: {
        critical: number;
        high: number;
      };
      /** @description Requests per second. */
      sparkline: components['schemas']['SparkPoint'][];
      hidden: components['schemas']['HiddenPart'][];
    };
    FleetMoment: {
      /** Format: date-time */
      at: string;
      text: string;
      failed?: boolean;
      coded?: components['schemas']['CodedTexts'];
    };
    FleetPage: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      /**
       * Format: date-time
       * @description When the requests of the last 15 minutes were counted.
       */
      asOf: string;
      items: components['schemas']['FleetService'][];
      nextCursor?: string;
      /** @description Services that match and are ranked. */
      total: number;
      /** @description Whether more services match than the 5,000 that are ranked; the less urgent ones are missing. Narrow the filters to see them. */
      truncated: boolean;
      /** @description For the filter. */
      owners: string[];
      systems: string[];
      environments: string[];
      /** @description Channel of Backstage's signals that announces which kinds of data changed for any entity, never the data. */
      liveChannel: string;
    };
    ReportedEvent:
      | components['schemas']['DeployEvent']
      | components['schemas']['DriftEvent']
      | components['schemas']['LoadTestEvent']
      | components['schemas']['HealingEvent'];
    DeployEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'deploy';
      /** @description Unique per kind, e.g. the id of the pipeline run. */
      id: string;
      /** Format: date-time */
      at: string;
      /** Format: date-time */
      endedAt?: string;
      /** @enum {string} */
      status: 'started' | 'succeeded' | 'failed' | 'rolled-back';
      version: string;
      commit?: string;
      actor?: string;
      description?: string;
      url?: string;
    };
    DriftEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'drift';
      id: string;
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      status: 'in-sync' | 'drifted' | 'failed';
      tool?: string;
      stack?: string;
      driftedResources?: {
        id: string;
        type?: string;
        /** @enum {string} */
        change?: 'added' | 'changed' | 'deleted';
      }[];
      description?: string;
      url?: string;
    };
    LoadTestEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'load-test';
      id: string;
      /** Format: date-time */
      at: string;
      /** Format: date-time */
      endedAt?: string;
      /** @enum {string} */
      status: 'started' | 'passed' | 'failed' | 'aborted';
      tool?: string;
      requests?: number;
      requestsPerSecond?: number;
      errorRate?: number;
      p95Ms?: number;
      p99Ms?: number;
      description?: string;
      url?: string;
    };
    HealingEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'healing';
      id: string;
      /** Format: date-time */
      at: string;
      /** Format: date-time */
      endedAt?: string;
      /** @enum {string} */
      status: 'started' | 'succeeded' | 'failed';
      /** @description The action, e.g. `restart`, `replace instance`, `roll back`. */
      action: string;
      reason?: string;
      instanceId?: string;
      description?: string;
      url?: string;
    };
    ReportedEventReceipt: {
      id: string;
      kind: string;
      /** @enum {string} */
      stored: 'new' | 'updated' | 'unchanged';
    };
    /** @enum {string} */
    Severity: 'critical' | 'high' | 'medium' | 'low' | 'info';
    /**
     * @description `open` needs work; `fixed` was not found by the newest scan of its sources; `accepted` is a risk accepted until a date; `false-positive` is not a problem.
     * @enum {string}
     */
    FindingState: 'open' | 'fixed' | 'accepted' | 'false-positive';
    SeverityCounts: {
      critical: number;
      high: number;
      medium: number;
      low: number;
      info: number;
    };
    /** @description What a limit cut from a scan. */
    ScanCut: {
      /** @description Name of the limit, e.g. `results per run`. */
      limit: string;
      total: number;
      kept: number;
    };
    Scan: {
      coded?: components['schemas']['CodedTexts'];
      /** Format: uuid */
      scanId: string;
      tool: string;
      toolVersion?: string;
      /** @description Distinguishes scans of one tool, e.g. by part of the repository. */
      category: string;
      ref: string;
      commit?: string;
      /** @description `sarif`, `trivy`, `snyk`, `npm-audit`, `sonarqube`, `cyclonedx-vex`, or that of another importer. */
      format: string;
      /**
       * @description `superseded` scans arrived after a newer one and changed nothing.
       * @enum {string}
       */
      status: 'imported' | 'superseded' | 'failed';
      error?: string;
      /** @description Why the scan is incomplete, if so. Its findings count, but it fixes none. */
      incomplete?: string;
      /** Format: date-time */
      analysedAt?: string;
      /** Format: date-time */
      receivedAt: string;
      /** @description Duration of the scan, if the tool reports it. */
      durationMs?: number;
      findings: number;
      newFindings: number;
      fixedFindings: number;
      reopenedFindings: number;
      cuts: components['schemas']['ScanCut'][];
    };
    ScanPage: {
      items: components['schemas']['Scan'][];
      nextCursor?: string;
    };
    /** @description The fields that CloudTrace uses from a SonarQube delivery. */
    SonarqubeWebhook: {
      /** @description Status of the analysis; only `SUCCESS` triggers a pull. */
      status: string;
      /** @description Absent when issues were changed without an analysis. */
      taskId?: string;
      analysedAt?: string;
      project: {
        key: string;
      };
      branch?: {
        /** @description Other branches are not read. */
        isMain?: boolean;
      };
    };
    SonarqubeWebhookReceipt: {
      /** @description False if this analysis was already delivered. */
      accepted: boolean;
    };
    /** @description The fields that CloudTrace uses from Snyk's `project_snapshot/v0`. */
    SnykWebhook: {
      org: components['schemas']['SnykResource'];
      project: components['schemas']['SnykResource'];
    };
    SnykResource: {
      /** @description A UUID. */
      id: string;
    };
    SnykWebhookReceipt: {
      /**
       * @description `ok` for a ping, `ignored` for events that CloudTrace does not use, `replayed` for a body that was accepted before.
       * @enum {string}
       */
      status: 'accepted' | 'ignored' | 'ok' | 'replayed';
    };
    ScanReceipt: {
      entityRef: string;
      /** @description URL of the view that shows the findings. */
      link: string;
      /** @description One entry per tool and category in the file. With the upload's category, all runs of a tool become one entry. */
      scans: {
        /** Format: uuid */
        scanId: string;
        tool: string;
        category: string;
        ref: string;
        /** @enum {string} */
        status: 'imported' | 'superseded';
        findings: number;
        newFindings: number;
        fixedFindings: number;
        reopenedFindings: number;
        cuts: components['schemas']['ScanCut'][];
        /** @description Why the scan is incomplete, if so. Its findings count, but it fixes none. */
        incomplete?: string;
        /** @description Whether the identical file was accepted before. */
        replayed: boolean;
      }[];
    };
    FindingLocation: {
      path: string;
      startLine?: number;
      endLine?: number;
      startColumn?: number;
      endColumn?: number;
    };
    FindingPackage: {
      name: string;
      version?: string;
      ecosystem?: string;
      fixedVersion?: string;
    };
    /** @description One place where a finding occurs, with the package and version found there. */
    FindingOccurrence: {
      location?: components['schemas']['FindingLocation'];
      /** @description The scanned object if it is not a file of the repository, such as an image, a cloud resource or a class. */
      target?: string;
      package?: components['schemas']['FindingPackage'];
    };
    Triage: {
      /** @enum {string} */
      state: 'accepted' | 'false-positive';
      reason: string;
      /** @description Entity ref of the risk owner. */
      owner?: string;
      /** Format: date-time */
      expiresAt?: string;
      decidedBy: string;
      /** Format: date-time */
      decidedAt: string;
    };
    Finding: {
      /** Format: uuid */
      findingId: string;
      state: components['schemas']['FindingState'];
      severity: components['schemas']['Severity'];
      cvssScore?: number;
      title: string;
      ruleId: string;
      tools: string[];
      cves: string[];
      cwes: string[];
      package?: components['schemas']['FindingPackage'];
      location?: components['schemas']['FindingLocation'];
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** Format: date-time */
      fixedAt?: string;
      /** Format: date-time */
      reopenedAt?: string;
      isNew: boolean;
      triage?: components['schemas']['Triage'];
    };
    /** @description One tool's view of the finding. */
    FindingSource: {
      tool: string;
      toolVersion?: string;
      category: string;
      ref: string;
      commit?: string;
      ruleId: string;
      severity: components['schemas']['Severity'];
      /** @description The tool's own severity, as a word or number. */
      sourceSeverity?: string;
      cvssVector?: string;
      /** @description Whether the newest scan of this source contains it. */
      present: boolean;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      links: {
        title?: string;
        /** Format: uri */
        url: string;
      }[];
    };
    FindingEvent: {
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      kind:
        | 'found'
        | 'fixed'
        | 'reopened'
        | 'accepted'
        | 'false-positive'
        | 'triage-removed'
        | 'triage-expired';
      by?: string;
      tool?: string;
      commit?: string;
      reason?: string;
    };
    FindingDetails: components['schemas']['Finding'] & {
      /** @description Plain text. */
      description?: string;
      remediation?: string;
      /** @description Every place where the newest scans report the finding, or where it was last seen if it is fixed; at most 100. */
      occurrences: (components['schemas']['FindingOccurrence'] & {
        /** @description The tools that report this place. */
        tools: string[];
      })[];
      /** @description Number of all places, including those not listed. */
      occurrenceCount: number;
      sources: components['schemas']['FindingSource'][];
      history: components['schemas']['FindingEvent'][];
    };
    FindingPage: {
      items: components['schemas']['Finding'][];
      total: number;
      nextCursor?: string;
      /** @description Every tool that reported findings of the entity, for the filter. */
      tools: string[];
    };
    QualityGate: {
      tool: string;
      projectKey?: string;
      /** @enum {string} */
      status: 'passed' | 'failed' | 'unknown';
      /** Format: uri */
      url?: string;
      /** @description Ratings (A to E) and other measures as the tool names them. */
      measures: {
        name: string;
        value: string;
        /** @enum {string} */
        rating?: 'A' | 'B' | 'C' | 'D' | 'E';
      }[];
      /** Format: date-time */
      asOf: string;
    };
    FindingSummary: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      /**
       * Format: date-time
       * @description When the newest complete scan was received; absent without one.
       */
      asOf?: string;
      /** @description Open findings; absent before the first complete scan, like newSinceLastScan and fixedSinceLastScan. */
      open?: components['schemas']['SeverityCounts'];
      acceptedCount: number;
      falsePositiveCount: number;
      newSinceLastScan?: number;
      fixedSinceLastScan?: number;
      /** @description Open findings at the end of each step of the range, and at the first scan ever if it is within the range. */
      trend: {
        /** Format: date-time */
        t: string;
        open: components['schemas']['SeverityCounts'];
      }[];
      qualityGates: components['schemas']['QualityGate'][];
      /** @description The newest incomplete scans of tools, categories and refs; at most 20. */
      incompleteScans: components['schemas']['Scan'][];
    };
    /** @description `accepted` needs a reason, an owner and an expiry of at most a year; `false-positive` needs a reason; `open` undoes the decision. */
    TriageRequest: {
      /** @enum {string} */
      state: 'open' | 'accepted' | 'false-positive';
      reason?: string;
      owner?: string;
      /** Format: date-time */
      expiresAt?: string;
    };
    FindingRollupGroup: {
      /** @description Entity ref of the entity, owner or system; empty if there is none. */
      key: string;
      title: string;
      entities: number;
      open: components['schemas']['SeverityCounts'];
      /** Format: date-time */
      lastScanAt?: string;
    };
    FindingRollupPage: {
      items: components['schemas']['FindingRollupGroup'][];
      nextCursor?: string;
      /**
       * @description Number of further entities that match, but of which a search for a vulnerability knows
       *     nothing, because their database server does not respond. Absent if there is none.
       */
      unknownEntities?: number;
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
    Kind: components['schemas']['EntityKind'];
    Namespace: components['schemas']['EntityNamePart'];
    Name: components['schemas']['EntityNamePart'];
    /** @description Defaults to the entity's first environment (see `environments`). */
    Environment: components['schemas']['EnvironmentName'];
    /** @description Entity ref. Required with a CI token, whose repository must match an annotation of the entity. An ingest token already determines the entity; a different one is an error. */
    UploadEntity: string;
    /** @description Required for events with a CI token. An ingest token already determines the environment; a different one is an error. */
    UploadEnvironment: components['schemas']['EnvironmentName'];
    /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
    From: string;
    /** @description End of the range, exclusive. Defaults to now. */
    To: string;
    /** @description Width of a point, such as `1m`, `15m`, `6h`, `1d`; at least a minute. `auto` returns about 60 to 120 points. */
    Step: string;
    Limit: number;
    /** @description `nextCursor` of the previous page. */
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
        /** @description What to group by. */
        groupBy?: components['schemas']['LoadGroupBy'];
        /** @description Width of a point, such as `1m`, `15m`, `6h`, `1d`; at least a minute. `auto` returns about 60 to 120 points. */
        step?: components['parameters']['Step'];
        /** @description Maximum number of groups of each kind of work; `otherGroups` sums up the rest. */
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
      /** @description Shares, errors and latencies of each group and over time, from rollups. */
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
        /** @description Instance id; several values are combined with "or". */
        instance?: string[];
        zone?: string[];
        route?: string[];
        method?: string[];
        /** @description Status codes (`404`) and classes (`5xx`); several values are combined with "or". `0` matches requests without an HTTP status. */
        status?: string[];
        minDurationMs?: number;
        maxDurationMs?: number;
        traceId?: components['schemas']['TraceId'];
        /** @description Returns only requests that count as errors (status 5xx or an error status of the span). */
        errorsOnly?: boolean;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
        /** @description Instance id; several values are combined with "or". */
        instance?: string[];
        zone?: string[];
        route?: string[];
        method?: string[];
        /** @description Status codes (`404`) and classes (`5xx`); several values are combined with "or". `0` matches requests without an HTTP status. */
        status?: string[];
        minDurationMs?: number;
        maxDurationMs?: number;
        traceId?: components['schemas']['TraceId'];
        /** @description Returns only requests that count as errors (status 5xx or an error status of the span). */
        errorsOnly?: boolean;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
        /** @description The request's `startedAt`, if known; speeds up the search. */
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
      /** @description The request, its neighbours and external links. */
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
      /** @description The tokens, live tokens first, then newest first. Without `environment`, the tokens of all environments. */
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
      /** @description Revoked now or earlier. */
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
      /** @description Each data source with its results, its last success and its problems. */
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
  getHealth: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
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
      /** @description Current targets and their states over the range. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getScaling: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
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
      /** @description One entry per group. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scaling'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listScalingActivities: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        status?: components['schemas']['ScalingActivityStatusName'][];
        cause?: components['schemas']['ScalingCauseName'][];
        /** @description Name of a group. */
        resource?: string;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
      /** @description One page of activities. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScalingActivityPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listFailovers: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        subjectKind?: components['schemas']['FailoverSubjectKind'][];
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
      /** @description One page of episodes, and figures for the whole range. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FailoverPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getFailover: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        failoverId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The episode. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FailoverDetails'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getMetrics: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        /** @description Id of a metric set, which is a type of resource. Default is all sets. A common type without resources returns no set; status 400 for any other. */
        set?: string;
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
      /** @description The sets and their series. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Metrics'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getTimeline: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        kind?: components['schemas']['TimelineKind'][];
        limit?: number;
        /** @description `nextCursor` of the previous page. */
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
      /** @description One page of events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Timeline'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getOverview: {
    parameters: {
      query?: {
        /** @description Defaults to the entity's first environment (see `environments`). */
        environment?: components['parameters']['Environment'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
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
      /** @description Key figures, what stands out, and badges for the views. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Overview'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listFleet: {
    parameters: {
      query?: {
        /** @description Returns only services with this environment. Default is each service's first environment. */
        environment?: components['schemas']['EnvironmentName'];
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        /** @description Entity ref of an owner. */
        owner?: string;
        /** @description Entity ref of a system. */
        system?: string;
        /** @description Part of a name or title. */
        query?: string;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of services. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FleetPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listPlatformTokens: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Live tokens first, then newest first; at most 500. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlatformTokenList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  createPlatformToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreatePlatformTokenRequest'];
      };
    };
    responses: {
      /** @description The token with its secret. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedPlatformToken'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  revokePlatformToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        tokenId: components['schemas']['TokenId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked now or earlier. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  listUnknownServices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The services, last seen first. Replicas add what they counted every ten seconds. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnknownServiceList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listServiceAssignments: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assignments by name; at most 10,000. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ServiceAssignmentList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  assignService: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AssignServiceRequest'];
      };
    };
    responses: {
      /** @description Assigned; replaces an earlier assignment. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  unassignService: {
    parameters: {
      query: {
        name: components['schemas']['ServiceName'];
        namespace?: components['schemas']['ServiceNamespace'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended now or earlier. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  reportEvent: {
    parameters: {
      query?: {
        /** @description Entity ref. Required with a CI token, whose repository must match an annotation of the entity. An ingest token already determines the entity; a different one is an error. */
        entity?: components['parameters']['UploadEntity'];
        /** @description Required for events with a CI token. An ingest token already determines the environment; a different one is an error. */
        environment?: components['parameters']['UploadEnvironment'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReportedEvent'];
      };
    };
    responses: {
      /** @description Stored. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportedEventReceipt'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  uploadScan: {
    parameters: {
      query?: {
        /** @description Entity ref. Required with a CI token, whose repository must match an annotation of the entity. An ingest token already determines the entity; a different one is an error. */
        entity?: components['parameters']['UploadEntity'];
        /** @description Required for events with a CI token. An ingest token already determines the environment; a different one is an error. */
        environment?: components['parameters']['UploadEnvironment'];
        /** @description Distinguishes scans of one tool, e.g. by part of the repository. */
        category?: string;
        /** @description Branch or tag. Ignored with a CI token, which contains the ref. */
        ref?: string;
        commit?: string;
        /** @description Checkout folder of the repository, for tools that write absolute paths, e.g. `file:///home/ci/shop`. */
        checkoutUri?: string;
        /** @description When the scan ran, if the file does not contain it. A scan older than the stored one changes nothing. */
        analysedAt?: string;
      };
      header?: never;
      path: {
        /** @description `sarif`, `trivy`, `snyk`, `sonarqube`, `npm-audit`, `cyclonedx-vex`, or the id of another importer. */
        format: string;
      };
      cookie?: never;
    };
    /** @description The file, plain or compressed with `Content-Encoding` gzip. */
    requestBody: {
      content: {
        'application/sarif+json': Record<string, never>;
      };
    };
    responses: {
      /** @description What was stored. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScanReceipt'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  receiveSonarqubeWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the instance in `cloudtrace.sonarqube.instances`. */
        instance: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SonarqubeWebhook'];
      };
    };
    responses: {
      /** @description Already delivered; nothing to do. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SonarqubeWebhookReceipt'];
        };
      };
      /** @description Accepted; also for projects that no entity uses. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SonarqubeWebhookReceipt'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  receiveSnykWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The body of `project_snapshot/v0`; bodies of other events are ignored. */
    requestBody: {
      content: {
        'application/json': components['schemas']['SnykWebhook'];
      };
    };
    responses: {
      /** @description Nothing to do. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SnykWebhookReceipt'];
        };
      };
      /** @description A pull of the project is queued. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SnykWebhookReceipt'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listScans: {
    parameters: {
      query?: {
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
      /** @description One page of scans. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScanPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listFindings: {
    parameters: {
      query?: {
        /** @description Several values are combined with "or". Default is `open`, the findings that need work. */
        state?: components['schemas']['FindingState'][];
        severity?: components['schemas']['Severity'][];
        tool?: string[];
        /** @description Text in title, rule, path, package, CVE or CWE; not case-sensitive. */
        search?: string;
        cve?: string;
        /** @description Returns only findings that the newest scan of their tool, category and ref added or reopened. */
        isNew?: boolean;
        sort?: 'severity' | 'firstSeenAt' | 'lastSeenAt' | 'title';
        order?: 'asc' | 'desc';
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
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
      /** @description One page of findings. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getFindingSummary: {
    parameters: {
      query?: {
        /** @description Start of the range, inclusive. Defaults to one hour before `to`. */
        from?: components['parameters']['From'];
        /** @description End of the range, exclusive. Defaults to now. */
        to?: components['parameters']['To'];
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
      /** @description The summary. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingSummary'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  exportFindings: {
    parameters: {
      query: {
        format: 'csv' | 'sarif';
        state?: components['schemas']['FindingState'][];
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
      /** @description The file; cells that a spreadsheet would treat as a formula are escaped. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/sarif+json': Record<string, never>;
        };
      };
      default: components['responses']['Error'];
    };
  };
  getFinding: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        findingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The finding. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingDetails'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  triageFinding: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['Kind'];
        namespace: components['parameters']['Namespace'];
        name: components['parameters']['Name'];
        findingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TriageRequest'];
      };
    };
    responses: {
      /** @description The updated finding. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingDetails'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getFindingRollup: {
    parameters: {
      query?: {
        groupBy?: 'entity' | 'owner' | 'system';
        /** @description Returns only entities with this vulnerability. */
        cve?: string;
        owner?: string;
        system?: string;
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the previous page. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of groups. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingRollupPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
}
