export interface Config {
  cloudtrace?: {
    /** Ingest tokens. */
    tokens?: {
      /**
       * Key of the hashes that are stored instead of tokens, at least 16
       * characters. Without it the hashes have no key. Tokens made before the
       * pepper was set stay valid; tokens made with another pepper do not.
       *
       * @visibility secret
       */
      pepper?: string;
      /** How many days a token lives if its creator says nothing: 1 to 730, by default 90. */
      defaultExpiryDays?: number;
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
