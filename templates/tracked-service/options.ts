/**
 * The options of this template for its tools and tests. They are declared in
 * `plugins/scaffolder-cloudtrace-common/src/trackedService`, where the form in the portal reads them too.
 *
 * After a change there, run `yarn template:options`, which rewrites `options.generated.json`.
 */
export {
  findTrackedServiceProblems as valid,
  starters,
  trackedService,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
