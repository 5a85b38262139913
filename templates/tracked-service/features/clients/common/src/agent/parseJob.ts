import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

const JobSchema = Type.Object(
  {
    url: Type.String({ maxLength: 2_000 }),
    key: Type.String({
      minLength: 1,
      maxLength: 512,
      pattern: '^[A-Za-z0-9][A-Za-z0-9!_.*()/-]*$',
    }),
  },
  { additionalProperties: false },
);

/** What to download, and the key to store it under in the bucket. */
export type Job = Static<typeof JobSchema>;

/** A job that fails however often it is repeated. */
export class InvalidJobError extends Error {
  override readonly name = 'InvalidJobError';
}

/** @throws InvalidJobError that explains what is wrong with the message. */
export function parseJob(body: string | undefined): Job {
  let data: unknown;
  try {
    data = JSON.parse(body ?? '');
  } catch {
    throw new InvalidJobError('The job is not JSON');
  }
  if (!Value.Check(JobSchema, data)) {
    const [first] = Value.Errors(JobSchema, data);
    throw new InvalidJobError(
      `The job is not valid: ${first ? `${first.instancePath} ${first.message}` : 'unknown reason'}`,
    );
  }
  if (data.key.split('/').some(part => part === '' || part === '..')) {
    throw new InvalidJobError('The key has an empty part or ".."');
  }
  if (!URL.canParse(data.url) || new URL(data.url).protocol !== 'https:') {
    throw new InvalidJobError('The url is not an https address');
  }
  return data;
}
