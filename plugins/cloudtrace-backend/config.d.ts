import type { HumanDuration } from '@backstage/types';

export interface Config {
  cloudtrace?: {
    /** Ingest of OpenTelemetry spans, see docs/ingest.md. */
    ingest?: {
      /**
       * A port of ingest's own, beside the path of the backend: `POST /v1/traces`
       * there is the same as `POST /api/cloudtrace/otlp/v1/traces` here. Without
       * TLS: for a network that is trusted, or behind a load balancer.
       */
      listen?: {
        /** Address of an interface; by default all of them. */
        host?: string;
        /** 4318 is the port of OTLP/HTTP. */
        port: number;
      };
      /** Largest body of an export request, before and after decompression; by default 8 MiB. */
      maxBodyBytes?: number;
      /** Bodies that are held at the same time, in bytes; more is answered with 503. By default 32 MiB. */
      maxInFlightBytes?: number;
      /** Most spans of an export request: 1 to 16383, by default 10000. */
      maxSpansPerRequest?: number;
      /** How long a body may take to arrive; by default 10 seconds. */
      bodyTimeout?: string | HumanDuration;
      /** How long a database connection is waited for; by default 2 seconds. */
      acquireTimeout?: string | HumanDuration;
      /** How long a database statement may take; by default 5 seconds. */
      statementTimeout?: string | HumanDuration;
      /** How far in the future a span may start or end, for clocks that differ; by default 10 minutes. */
      acceptFuture?: string | HumanDuration;
      /** What senders may use; beyond it they get 429, or names are stored as `(other)`. */
      quotas?: {
        /** Spans per second and token, counted by each replica, ten seconds of it at once; 0 is no limit. By default 20000. */
        spansPerSecond?: number;
        /** Bytes per entity and day (UTC), decompressed; 0 is no limit. By default 50 GiB. */
        bytesPerDay?: number;
        /** New routes per entity and day (UTC); by default 1000. */
        routesPerDay?: number;
        /** New instances per entity and day (UTC); by default 500. */
        instancesPerDay?: number;
      };
    };

    /** How long data is kept. Each must be at least as long as the one before. */
    retention?: {
      /** Single requests, which is also how old a span may be when it arrives; by default 7 days. */
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
       * Key of the hashes that are stored instead of tokens, at least 16
       * characters. Without it the hashes have no key. Tokens that were made
       * before the pepper was set stop working, unless `unpepperedUntil` lets
       * them; tokens made with another pepper do not work.
       *
       * @visibility secret
       */
      pepper?: string;
      /**
       * Last day (UTC) on which tokens made before the pepper was set work, such
       * as `2027-01-31`. A token that is used until then gets a hash with the
       * pepper and works on. Whoever can write the database can plant tokens
       * until then, so keep it short. By default such tokens do not work.
       */
      unpepperedUntil?: string;
      /** How many days a token lives if its creator says nothing: 1 to 730, by default 90. */
      defaultExpiryDays?: number;
      /**
       * CI systems whose runs may upload scans and events with their own OIDC
       * token instead of an ingest token, see docs/scans.md. None by default.
       */
      oidc?: Array<{
        /** What the claims are called; `github` for GitHub Actions, `bitbucket` for Bitbucket Pipelines. */
        provider: 'github' | 'bitbucket';
        /** Exactly the `iss` of the tokens, an https URL. By default GitHub's own; required for Bitbucket, where each workspace has one. */
        issuer?: string;
        /** What the tokens must be made for (`aud`); one of a list. Best an audience that nothing else uses, such as the URL of the portal. */
        audience: string | string[];
        /** Where the signing keys are; by default `<issuer>/.well-known/jwks` for GitHub, `<issuer>/keys.json` for Bitbucket. */
        jwksUri?: string;
        /** Claim that names the repository; by default `repository` for GitHub, `repositoryUuid` for Bitbucket. */
        repositoryClaim?: string;
        /** Claim that names the branch or tag; by default `ref` for GitHub, `branchName` for Bitbucket. */
        refClaim?: string;
        /** Annotations of which one must have the value of the repository claim; by default `github.com/project-slug`, or `cloudtrace.io/bitbucket-repository-uuid`. */
        annotations?: string | string[];
        /** Branches and other refs that may upload, such as `main`, `release/*` or `refs/tags/v*`; by default all. */
        refs?: string | string[];
        /** Signature algorithms, asymmetric ones only; by default `RS256`. */
        algorithms?: string | string[];
      }>;
    };

    /** Collecting fleets through the installed fleet providers. */
    fleet?: {
      /** Time from one cycle to the next; at least 5 seconds, by default 60 seconds. */
      frequency?: string | HumanDuration;
      /** A cycle that takes longer is stopped; by default 60 seconds. A replica that died is replaced within 30 seconds, whatever this is. */
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
      /** How long scans and findings are kept, each at least 1 day. */
      retention?: {
        /** Scans; the current one of each tool, category and ref stays. By default 396 days. */
        scans?: string | HumanDuration;
        /** Fixed findings that nobody decided about, and the history of the counts; by default 731 days. */
        findings?: string | HumanDuration;
      };
    };

    /** Backstage notifications to the owners of entities. */
    notifications?: {
      /** By default true. An entity can opt out by the annotation `cloudtrace.io/notifications: 'false'`. */
      enabled?: boolean;
      /** Most notifications of one entity in an hour; by default 6. */
      maxPerHour?: number;
    };

    /** Links from a request to tracing tools. */
    tracing?: {
      /** One link for each tool, in this order. */
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
