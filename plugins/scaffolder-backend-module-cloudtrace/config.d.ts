export interface Config {
  cloudtrace?: {
    scaffolder?: {
      /**
       * Folder in which the template "Tracked service" creates local Git repositories. The catalog reads every repository
       * in it. Relative paths start at the working directory of the backend. If not set, local publishing is off.
       */
      localRepositories?: string;
    };
  };
}
