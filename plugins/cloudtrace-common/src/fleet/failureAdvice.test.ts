import { wordJudgement } from '../judgement';
import { FAILURE_ADVICE, nextStepOfFailure } from './failureAdvice';

const fill = (sentence: string) => sentence.replaceAll('*', 'a-1 (b)');

describe('nextStepOfFailure', () => {
  it.each(
    FAILURE_ADVICE.flatMap(({ codes, nextStep }) =>
      codes.map(code => [code, wordJudgement({ code: nextStep, values: {} })]),
    ),
  )('knows the code %s', (code, nextStep) => {
    expect(nextStepOfFailure(code)).toBe(nextStep);
    expect(nextStepOfFailure(`Launch failed (${code}).`)).toBe(nextStep);
    expect(nextStepOfFailure(`Another${code}`)).toBeUndefined();
    expect(nextStepOfFailure(`${code}Either`)).toBeUndefined();
  });

  it.each(
    FAILURE_ADVICE.flatMap(({ sentences, nextStep }) =>
      sentences.map(sentence => [
        fill(sentence),
        wordJudgement({ code: nextStep, values: {} }),
      ]),
    ),
  )('knows the sentence: %s', (sentence, nextStep) => {
    expect(
      nextStepOfFailure(
        `Launching a new EC2 instance.  Status Reason: ${sentence}. Launching EC2 instance failed.`,
      ),
    ).toBe(nextStep);
    expect(nextStepOfFailure(`${sentence} in a game.`)).not.toBe(
      sentence.endsWith('(b)') ? undefined : nextStep,
    );
  });

  it.each([
    [
      'Your requested instance type (m7g.large) is not supported in your requested Availability Zone (eu-central-1b). Please retry your request by not specifying an Availability Zone or choosing eu-central-1a.',
      /instance type that the zone offers/,
    ],
    [
      'The key pair deploy-key does not exist. Launching EC2 instance failed.',
      /key pair/,
    ],
    [
      'The security group sg-0123 does not exist. Launching EC2 instance failed.',
      /security group/,
    ],
    [
      'We currently do not have sufficient p3.2xlarge capacity in the Availability Zone you requested (us-east-1a). Our system will be working on provisioning additional capacity.',
      /more instance types or zones/,
    ],
    [
      'Max spot instance count exceeded. Placing Spot instance request failed.',
      /Spot quota/,
    ],
    [
      'There is no Spot capacity available that matches your request. Launching EC2 instance failed.',
      /for Spot/,
    ],
    ['listen EADDRINUSE: address already in use 127.0.0.1:24990', /port/],
  ])('advises on %s', (message, nextStep) => {
    expect(nextStepOfFailure(message)).toMatch(nextStep);
  });

  it.each([
    'This is important: the import of supported reports failed.',
    'The transport was unlimited.',
    'The template of the report is invalid',
    undefined,
  ])('returns nothing for %s', message => {
    expect(nextStepOfFailure(message)).toBeUndefined();
  });
});
