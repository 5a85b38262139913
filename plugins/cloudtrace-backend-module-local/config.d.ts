export interface Config {
  cloudtrace?: {
    /**
     * The local fleet of a development portal. Never enable it in production: it
     * lets users run code from the local repositories on the portal's machine.
     */
    local?: {
      /** Default: false. */
      enabled?: boolean;
      /**
       * Folder of the fleet's launcher, with its control file. Relative paths
       * start at the root of the repository. Default: `.local/fleet`.
       */
      directory?: string;
      /**
       * Folders with Git repositories that may be started as services. Relative
       * paths start at the working directory of the backend. Default:
       * `cloudtrace.scaffolder.localRepositories`, where the template creates
       * local repositories; if neither is set, no service can be started.
       */
      repositories?: string[];
    };
  };
}
