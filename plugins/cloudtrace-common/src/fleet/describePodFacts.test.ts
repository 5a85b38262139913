import fc from 'fast-check';
import { wordText, type Wording } from '../judgement/wordJudgement';
import { describePodFacts } from './describePodFacts';

const english = (text: string) => wordText(describePodFacts(text) as Wording);

describe('facts about a pod', () => {
  it.each<[string, string[]]>([
    ['app: exit code 1, restarted 4 times', ['pod-exit-code', 'pod-restarted']],
    ['app: restarted once', ['pod-restarted']],
    [
      'app: limit 256Mi, exit code 137 (SIGKILL), restarted once',
      ['pod-limit', 'pod-exit-code-signal', 'pod-restarted'],
    ],
    [
      'app: no memory limit of its own, exit code unknown',
      ['pod-no-limit', 'pod-exit-code-unknown'],
    ],
    ['OOMKilled, limit 256Mi, exit code 137 (SIGKILL)', ['pod-limit']],
    ['finalizers a/b, c', ['pod-finalizers']],
  ])('become messages that read the same in English: %s', (text, codes) => {
    const json = JSON.stringify(describePodFacts(text));
    for (const code of codes) expect(json).toContain(`"${code}"`);
    expect(english(text)).toBe(text);
  });

  it.each([
    '',
    'app: ',
    'HTTP probe failed with statuscode: 503',
    '0/3 nodes are available: 3 Insufficient cpu.',
    'app: Get "http://10.0.0.1/": dial tcp, connect: refused',
    'app: limits, exit code',
    'restarted 1 times, restarted 02 times',
    ', , ',
  ])('keep the words of Kubernetes: %s', text => {
    expect(describePodFacts(text)).toBe(text);
  });

  it('read the same in English whatever Kubernetes says', () => {
    const phrase = fc.oneof(
      fc.string(),
      fc.integer().map(code => `exit code ${code}`),
      fc.integer().map(count => `restarted ${count} times`),
      fc.constantFrom('restarted once', 'app: limit 1', 'finalizers ', ': '),
    );
    fc.assert(
      fc.property(fc.array(phrase), phrases => {
        const text = phrases.join(', ');
        expect(english(text)).toBe(text);
      }),
    );
  });
});
