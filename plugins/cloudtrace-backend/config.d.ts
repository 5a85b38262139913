import type { HumanDuration } from '@backstage/types';

export interface Config {
  cloudtrace?: {
    /**
     * What this replica does. `ingest` only accepts requests, so that their senders can have
     * replicas of their own; `portal` does everything else; by default `all`. See docs/scaling.md.
     */
    role?: 'all' | 'portal' | 'ingest';

    /** How tables are stored, see docs/scaling.md. */
    database?: {
      /**
       * Distributes the tables over the workers of a Citus cluster at the next start. The
       * database must be the coordinator's and have the extension. By default false. Set it on
       * every replica; it cannot be undone by setting it to false.
       */
      distributed?: boolean;
      /** Number of parts of each distributed table, 1 to 1024; applies only when they are distributed. By default 32. */
      shardCount?: number;
    };

    /** Ingest of OpenTelemetry spans, see docs/ingest.md. */
    ingest?: {
      /**
       * A separate port for ingest. `POST /v1/traces` on this port is the same as
       * `POST /api/cloudtrace/otlp/v1/traces` on the backend. It has no TLS: use it
       * in a trusted network or behind a load balancer.
       */
      listen?: {
        /** Address to listen on; by default all interfaces. */
        host?: string;
        /** Port, such as 4318, the standard port of OTLP/HTTP. */
        port: number;
      };
      /** A port for OTLP over gRPC, without TLS like `listen`. */
      grpc?: {
        /** Address to listen on; by default all interfaces. */
        host?: string;
        /** Port, such as 4317, the standard port of OTLP/gRPC. */
        port: number;
      };
      /**
       * Whether operators can create platform tokens, which send the requests of many services.
       * By default false: give the permission `cloudtrace.platform.manage` to operators only
       * before you turn them on. See docs/ingest.md.
       */
      platformTokens?: boolean;
      /** Maximum body size of an export request, before and after decompression; by default 8 MiB. */
      maxBodyBytes?: number;
      /** Maximum bytes of bodies in memory; beyond it ingest responds with 503. By default 32 MiB. */
      maxInFlightBytes?: number;
      /** Maximum number of spans per export request: 1 to 16383, by default 10000. */
      maxSpansPerRequest?: number;
      /** Time limit for a body to arrive; by default 10 seconds. */
      bodyTimeout?: string | HumanDuration;
      /** How long to wait for a database connection; by default 2 seconds. */
      acquireTimeout?: string | HumanDuration;
      /** Time limit of a database statement; by default 5 seconds. */
      statementTimeout?: string | HumanDuration;
      /** How far in the future a span may start or end, to tolerate clock skew; by default 10 minutes. */
      acceptFuture?: string | HumanDuration;
      /** Limits for senders; beyond them they get 429, or names are stored as `(other)`. */
      quotas?: {
        /** Spans per second and token, counted by each replica, with a burst of ten seconds' worth; 0 disables the limit. By default 20000. */
        spansPerSecond?: number;
        /** Bytes per entity and day (UTC), decompressed; 0 disables the limit. By default 50 GiB. */
        bytesPerDay?: number;
        /** New routes per entity and day (UTC); by default 1000. */
        routesPerDay?: number;
        /** New instances per entity and day (UTC); by default 500. */
        instancesPerDay?: number;
      };
    };

    /** How long to keep data. Each value must be at least as long as the previous one. */
    retention?: {
      /** Single requests; also the maximum age of an arriving span. By default 7 days. */
      requests?: string | HumanDuration;
      /** Counts per minute; by default 30 days. */
      minutes?: string | HumanDuration;
      /** Counts per hour; by default 396 days. */
      hours?: string | HumanDuration;
      /** Counts per day; by default 1827 days. */
      days?: string | HumanDuration;
    };

    /** Ingest tokens. */
    tokens?: {
      /**
       * Key for the token hashes that are stored instead of tokens, at least 16
       * characters. Without it, the hashes have no key. Setting it invalidates
       * earlier tokens, unless `unpepperedUntil` allows them; tokens created
       * with another pepper do not work.
       *
       * @visibility secret
       */
      pepper?: string;
      /**
       * Last day (UTC) on which tokens created before the pepper still work, such
       * as `2027-01-31`. A token used until then gets a peppered hash and keeps
       * working. Until then, anybody who can write to the database can plant
       * tokens, so keep the period short. By default such tokens do not work.
       */
      unpepperedUntil?: string;
      /** Default lifetime of a token in days: 1 to 730, by default 90. */
      defaultExpiryDays?: number;
      /**
       * CI systems whose runs may upload scans and events with their own OIDC
       * token instead of an ingest token, see docs/scans.md. None by default.
       */
      oidc?: Array<{
        /** Sets the names of the claims; `github` for GitHub Actions, `bitbucket` for Bitbucket Pipelines. */
        provider: 'github' | 'bitbucket';
        /** The exact `iss` of the tokens, an https URL. Defaults to GitHub's issuer; required for Bitbucket, where each workspace has its own. */
        issuer?: string;
        /** Required audience (`aud`) of the tokens; a list allows any of its entries. Use an audience that nothing else uses, such as the URL of the portal. */
        audience: string | string[];
        /** URL of the signing keys; by default `<issuer>/.well-known/jwks` for GitHub, `<issuer>/keys.json` for Bitbucket. */
        jwksUri?: string;
        /** Claim with the repository; by default `repository` for GitHub, `repositoryUuid` for Bitbucket. */
        repositoryClaim?: string;
        /** Claim with the branch or tag; by default `ref` for GitHub, `branchName` for Bitbucket. */
        refClaim?: string;
        /** Annotations, one of which must equal the repository claim; by default `github.com/project-slug`, or `cloudtrace.io/bitbucket-repository-uuid`. */
        annotations?: string | string[];
        /** Branches and other refs that may upload, such as `main`, `release/*` or `refs/tags/v*`; by default all. */
        refs?: string | string[];
        /** Allowed signature algorithms, asymmetric only; by default `RS256`. */
        algorithms?: string | string[];
      }>;
    };

    /** Collects fleets with the installed fleet providers. */
    fleet?: {
      /** Time between the starts of two cycles; at least 5 seconds, by default 60 seconds. */
      frequency?: string | HumanDuration;
      /** Stops a cycle that takes longer; by default 60 seconds. A dead replica is replaced within 30 seconds, independent of this value. */
      timeout?: string | HumanDuration;
      retention?: {
        /** Points of metrics; by default 30 days. */
        metrics?: string | HumanDuration;
        /** Health, scaling, alarms, failovers and reported events; by default 731 days. */
        history?: string | HumanDuration;
      };
    };

    /** Security scans, see docs/scans.md. */
    scans?: {
      /** How long to keep scans and findings, each at least 1 day. */
      retention?: {
        /** Scans, except the current one of each tool, category and ref. By default 396 days. */
        scans?: string | HumanDuration;
        /** Fixed findings without a triage decision, and the history of counts; by default 731 days. */
        findings?: string | HumanDuration;
      };
    };

    /** Backstage notifications to the owners of entities. */
    notifications?: {
      /** By default true. An entity can opt out with the annotation `cloudtrace.io/notifications: 'false'`. */
      enabled?: boolean;
      /** Maximum number of notifications per entity and hour; by default 6. */
      maxPerHour?: number;
    };

    /** Links from requests to tracing tools. */
    tracing?: {
      /** One link per tool, in this order. */
      urlTemplates?: Array<{
        /** Text of the link, e.g. `Jaeger`. */
        title: string;
        /**
         * http(s) URL with any of the placeholders `{{traceId}}`, `{{spanId}}`,
         * `{{startedAt}}`, `{{startedAtMs}}`, `{{endedAt}}`, `{{endedAtMs}}`,
         * `{{instanceId}}`, `{{environment}}`.
         */
        url: string;
      }>;
    };
  };
}
