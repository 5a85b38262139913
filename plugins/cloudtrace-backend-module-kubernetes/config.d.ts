export interface Config {
  cloudtrace?: {
    kubernetes?: {
      /**
       * Prometheus servers that measure pods. A cluster that is not listed is
       * measured by its metrics-server.
       */
      prometheus?: Array<{
        /** Name of the cluster in the `kubernetes` section. */
        cluster: string;
        /** URL of the HTTP API, without `/api/v1`. */
        url: string;
        /**
         * Bearer token.
         * @visibility secret
         */
        token?: string;
        /**
         * PEM file of the certificate authority that signed the certificate of
         * this Prometheus. It replaces the public authorities; the file is read
         * again for each round, so that it can be renewed.
         */
        caFile?: string;
        /**
         * Labels that a Prometheus of several clusters gives to the series of
         * this cluster, such as `cluster: production`. The default queries
         * select by them; write them into your own queries yourself.
         */
        labels?: { [name: string]: string };
        /**
         * Queries in PromQL. The result is one value for each pod, with the
         * labels `namespace` and `pod`; `$namespaces` stands for a regular
         * expression of the namespaces to read.
         */
        queries?: {
          /** In cores. */
          cpu?: string;
          /** In bytes. */
          memory?: string;
          /** Not read without a query. */
          requestsPerSecond?: string;
          /** In milliseconds, such as a percentile. Not read without a query. */
          latencyMs?: string;
        };
      }>;
    };
  };
  /**
   * The section of Backstage's own Kubernetes plugin. CloudTrace reads the
   * clusters of the `config` locator from it; without it, the Kubernetes module
   * does nothing.
   */
  kubernetes?: {
    clusterLocatorMethods: Array<{
      /** Only `config` is read here; others need a cluster supplier. */
      type: string;
      clusters?: Array<{
        name: string;
        /** URL of the API server. */
        url: string;
        title?: string;
        /** `serviceAccount`, `localKubectlProxy`, or the name of an added strategy. */
        authProvider?: string;
        /**
         * Token of a service account. Without it, the token that the cluster
         * mounts into the portal's own pod is used.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** ARN of the role that the strategy `aws` assumes. */
        assumeRole?: string;
        /**
         * External id for `assumeRole`.
         * @visibility secret
         */
        externalId?: string;
        /** Does not check the certificate of the API server. For tests only. */
        skipTLSVerify?: boolean;
        /** Base64 of the PEM certificate that signed that of the API server. */
        caData?: string;
        /** File with that PEM certificate. */
        caFile?: string;
        /** Further settings of authentication strategies, by their names. */
        authMetadata?: { [name: string]: string };
      }>;
    }>;
  };
}
