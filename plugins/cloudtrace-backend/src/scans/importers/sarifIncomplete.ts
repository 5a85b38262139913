import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';
import { missingList } from './fewerThanSaid';
import { joinReasons } from './joinReasons';
import type { JsonReader } from './JsonReader';
import type { SarifLocations } from './SarifLocations';

const MAX_REASONS = 5;
const MAX_PATHS_PER_NOTIFICATION = 100;

/**
 * Returns why a run may lack results. In SARIF, an empty list means that
 * nothing was found; a missing list means that the results are unknown.
 *
 * @remarks
 * Notifications follow section 3.58.6: after an `error` results are incorrect
 * or incomplete, after a `warning`, which is the default, they may be. So a
 * notification about files makes those files unchecked, and an error about
 * anything else, such as the configuration, makes the run incomplete.
 */
export function readSarifIncomplete(
  run: JsonReader,
  locations: SarifLocations,
): Pick<NormalizedScan, 'incomplete' | 'uncheckedPaths'> {
  const invocations = run.at('invocations').items();
  const reasons = invocations.flatMap(describeFailure);
  const unchecked = new Set<string>();
  for (const notification of invocations.flatMap(listNotifications)) {
    const { reader, isAboutFiles } = notification;
    const paths = isAboutFiles ? pathsOf(reader, locations) : [];
    for (const path of paths) unchecked.add(path);
    if (paths.length === 0 && levelOf(reader) === 'error') {
      reasons.push(describeNotification(reader));
    }
  }
  const external = run.at('externalPropertyFileReferences').at('results');
  if (external.length > 0) {
    reasons.push({
      code: 'scan-external-files',
      values: { path: external.path },
    });
  } else {
    const missing = missingList(run.at('results'));
    if (missing) reasons.push(missing);
  }
  return {
    ...(reasons.length > 0 && {
      incomplete: joinReasons(reasons.slice(0, MAX_REASONS)),
    }),
    ...(unchecked.size > 0 && { uncheckedPaths: [...unchecked] }),
  };
}

/** A flag that says that the run failed, or a signal that ended it. */
function describeFailure(invocation: JsonReader): CodedMessage[] {
  const successful = invocation.at('executionSuccessful');
  if (successful.boolean() === false) {
    const said =
      invocation.at('exitCodeDescription').text(200) ??
      invocation.at('processStartFailureMessage').text(200);
    const { path } = successful;
    return [
      said
        ? { code: 'scan-scanner-failed-saying', values: { path, said } }
        : { code: 'scan-scanner-failed', values: { path } },
    ];
  }
  const signal = invocation.at('exitSignalName');
  const name = signal.text(64);
  return name
    ? [{ code: 'scan-value', values: { path: signal.path, value: name } }]
    : [];
}

/** Notifications that say that results may be missing. */
function listNotifications(
  invocation: JsonReader,
): Array<{ reader: JsonReader; isAboutFiles: boolean }> {
  // A place that a configuration notification names is one of the configuration.
  return [
    ...invocation
      .at('toolExecutionNotifications')
      .items()
      .map(reader => ({ reader, isAboutFiles: true })),
    ...invocation
      .at('toolConfigurationNotifications')
      .items()
      .map(reader => ({ reader, isAboutFiles: false })),
  ].filter(({ reader }) => ['error', 'warning'].includes(levelOf(reader)));
}

function levelOf(notification: JsonReader): string {
  return notification.at('level').raw() ?? 'warning';
}

function pathsOf(
  notification: JsonReader,
  locations: SarifLocations,
): string[] {
  return locations
    .read(notification, MAX_PATHS_PER_NOTIFICATION)
    .flatMap(({ location }) => location?.path ?? []);
}

function describeNotification(notification: JsonReader): CodedMessage {
  const level = notification.at('level');
  const said = notification.at('message').at('text').text(200);
  const { path } = level;
  return said
    ? { code: 'scan-value-saying', values: { path, value: 'error', said } }
    : { code: 'scan-value', values: { path, value: 'error' } };
}
