export interface Config {
  cloudtrace?: {
    scaffolder?: {
      /**
       * Folder in which the template "Tracked service" creates git repositories when it publishes locally. Every repository in it is
       * read into the catalog. Relative paths start at the working directory of the backend. Not set: publishing locally is off.
       */
      localRepositories?: string;
    };
  };
}
