/** The packages whose components the oldest portals load. */
export const OLDEST_WORKSPACES = [
  'plugins/cloudtrace',
  'plugins/cloudtrace-common',
  'plugins/scaffolder-cloudtrace-common',
];

/** What only other packages and checks of the repository need. */
const OTHERS =
  /^@(backstage\/(backend|repo-tools)|internal|stryker|axe|changesets|cyclonedx)|^(dependency-cruiser|express|knex|knip|pg|playwright-core|publint)$/;

/**
 * The root package.json of a copy that installs Backstage's packages in exact
 * versions, whatever the ranges of the packages are.
 */
export function oldestManifest(manifest, versions) {
  const { devDependencies, resolutions, ...rest } = manifest;
  const pick = (entries, keep) =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => keep(name)));
  return {
    ...rest,
    workspaces: OLDEST_WORKSPACES,
    devDependencies: pick(devDependencies, name => !OTHERS.test(name)),
    resolutions: {
      // Those of Backstage's packages make old ones fit the newest.
      ...pick(resolutions, name => !name.startsWith('@backstage/')),
      ...versions,
    },
  };
}
