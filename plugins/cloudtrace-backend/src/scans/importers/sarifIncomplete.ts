import type { JsonReader } from './JsonReader';

/**
 * Returns why a run may lack results. In SARIF, an empty list means that
 * nothing was found; a missing list means that the results are unknown.
 */
export function readSarifIncomplete(run: JsonReader): string | undefined {
  const reasons = run
    .at('invocations')
    .items()
    .filter(item => item.at('executionSuccessful').boolean() === false)
    .map(describeFailure);
  const external = run.at('externalPropertyFileReferences').at('results');
  if (external.length > 0) {
    reasons.push(`${external.path} names other files, which are not read`);
  } else if (!run.at('results').exists) {
    reasons.push(
      `${
        run.at('results').path
      } is missing: an empty list would say that nothing was found`,
    );
  }
  return reasons.length > 0 ? reasons.slice(0, 5).join('; ') : undefined;
}

function describeFailure(invocation: JsonReader): string {
  const { path } = invocation.at('executionSuccessful');
  const said =
    invocation.at('exitCodeDescription').text(200) ??
    invocation.at('processStartFailureMessage').text(200) ??
    firstError(invocation);
  return said ? `${path} is false: ${said}` : `${path} is false`;
}

function firstError(invocation: JsonReader): string | undefined {
  return invocation
    .at('toolExecutionNotifications')
    .items()
    .find(item => item.at('level').raw() === 'error')
    ?.at('message')
    .at('text')
    .text(200);
}
