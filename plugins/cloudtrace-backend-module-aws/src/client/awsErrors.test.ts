import { judgementMessages } from '@cloudtrace/plugin-cloudtrace-common';
import { AWS_ERROR_CLASSES, classOf, type AwsErrorCode } from './awsErrors';
import { AwsCallError } from './AwsCallError';

const place = {
  iamAction: 'ec2:DescribeInstances',
  accountId: '111111111111',
  region: 'eu-central-1',
};
const named = (name: string, more: object = {}) =>
  Object.assign(new Error('a text that must not matter: not supported, port'), {
    name,
    ...more,
  });

const table = Object.entries(AWS_ERROR_CLASSES).flatMap(([code, names]) =>
  names.map(name => [name, code] as const),
);

describe('AWS errors', () => {
  it.each(table)(
    'classifies %s as %s, regardless of its text',
    (name, code) => {
      for (const spelling of [name, `Client.${name}`]) {
        const problem = new AwsCallError(place, named(spelling)).toProblem();
        expect(problem).toMatchObject({
          code,
          coded: {
            message: { code: expect.stringContaining(`aws-${code}`) },
            nextStep: { code: `aws-${code}-next`, values: {} },
          },
        });
        expect(problem.message).toContain(place.iamAction);
        expect(problem.message).not.toContain('must not matter');
      }
    },
  );

  it('lists each code once', () => {
    const names = table.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives each class its own advice', () => {
    const classes = Object.keys(AWS_ERROR_CLASSES) as AwsErrorCode[];
    const texts = classes.flatMap(code => [
      judgementMessages[`aws-${code}`],
      judgementMessages[`aws-${code}-next`],
    ]);
    expect(new Set(texts).size).toBe(2 * classes.length);
  });

  it.each([
    [{}, 'unavailable'],
    [{ $metadata: { httpStatusCode: 403 } }, 'access-denied'],
    [{ $metadata: { httpStatusCode: 404 } }, 'not-found'],
    [{ $metadata: { httpStatusCode: 429 } }, 'throttled'],
    [{ $metadata: { httpStatusCode: 502 } }, 'unavailable'],
    [{ $metadata: { httpStatusCode: 400 } }, 'invalid-response'],
    [{ code: 'ECONNREFUSED' }, 'unavailable'],
    [{ code: 'ETIMEDOUT' }, 'timeout'],
  ])('classifies an unknown code with %j as %s', (more, code) => {
    expect(classOf('SomethingNew')).toBeUndefined();
    expect(new AwsCallError(place, named('SomethingNew', more)).code).toBe(
      code,
    );
  });

  it('points to the trust policy if the role cannot be assumed', () => {
    const denied = named('AccessDenied');
    denied.message =
      'User: x is not authorized to perform: sts:AssumeRole on resource: y';
    expect(new AwsCallError(place, denied).toProblem()).toMatchObject({
      missingPermission: 'sts:AssumeRole',
      nextStep: expect.stringContaining('trust policy'),
    });
  });
});
