import {
  GetParameterCommand,
  ParameterNotFound,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** A pipeline that died while it paused healing stops it for this long at most. */
const LONGEST_PAUSE_MS = 2 * 60 * 60_000;

/**
 * End of the pause that the pipeline sets while it changes what is declared; `undefined` without one.
 * Without a pause, healing would undo a change between its start and the update of the declared state.
 */
export async function readPause(
  ssm: SSMClient,
  parameterName: string,
): Promise<Date | undefined> {
  try {
    const { Parameter } = await ssm.send(
      new GetParameterCommand({ Name: parameterName }),
    );
    const until = Date.parse(Parameter?.Value ?? '');
    const setAt = Parameter?.LastModifiedDate?.getTime() ?? 0;
    return Number.isNaN(until)
      ? undefined
      : new Date(Math.min(until, setAt + LONGEST_PAUSE_MS));
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
