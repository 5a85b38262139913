/** How the instances of a service log in to its database. */
export interface DatabaseLogin {
  url: string;
  /** The migration is done, so instances have no right to do it. */
  migrated: boolean;
}
