export interface Config {
  cloudtrace?: {
    /**
     * The local fleet of a development portal. Nothing of it exists unless it
     * is switched on here; never switch it on in production, because it lets
     * users run code of the local repositories on the portal's machine.
     */
    local?: {
      /** Default: false. */
      enabled?: boolean;
      /**
       * Folder of the fleet's launcher, where its control file lies. Relative
       * paths start at the root of the repository. Default: `.local/fleet`.
       */
      directory?: string;
      /**
       * Folders whose git repositories may be started as services. Relative
       * paths start at the working directory of the backend. Default:
       * `cloudtrace.scaffolder.localRepositories`, where the template creates
       * local repositories; without either, no service can be started.
       */
      repositories?: string[];
    };
  };
}
