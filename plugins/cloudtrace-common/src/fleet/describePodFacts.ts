import type { CodedMessage, MessageValue } from '../judgement/wordJudgement';

/** A phrase that the Kubernetes provider writes, and the message behind it. */
type Phrase = [
  pattern: RegExp,
  toMessage: (match: RegExpExecArray) => CodedMessage,
];

const PHRASES: readonly Phrase[] = [
  [
    /^exit code (-?\d{1,9}) \((SIG[A-Z]+)\)$/,
    ([, exitCode, signal]) => ({
      code: 'pod-exit-code-signal',
      values: { exitCode, signal },
    }),
  ],
  [
    /^exit code (-?\d{1,9})$/,
    ([, exitCode]) => ({ code: 'pod-exit-code', values: { exitCode } }),
  ],
  [
    /^exit code unknown$/,
    () => ({ code: 'pod-exit-code-unknown', values: {} }),
  ],
  [/^limit (\S+)$/, ([, limit]) => ({ code: 'pod-limit', values: { limit } })],
  [
    /^no memory limit of its own$/,
    () => ({ code: 'pod-no-limit', values: {} }),
  ],
  [/^restarted once$/, () => ({ code: 'pod-restarted', values: { count: 1 } })],
  [
    /^restarted ([2-9]|[1-9]\d{1,8}) times$/,
    ([, count]) => ({
      code: 'pod-restarted',
      values: { count: Number(count) },
    }),
  ],
  [
    /^finalizers (.+)$/,
    ([, names]) => ({ code: 'pod-finalizers', values: { names } }),
  ],
];

/**
 * The facts about a pod, such as `app: exit code 1, restarted 7 times`, as a
 * message, so that readers get CloudTrace's phrases in their language. They are
 * stored as text. Words of Kubernetes stay as they are, and in English the
 * message reads exactly like the text.
 *
 * @public
 */
export function describePodFacts(text: string): MessageValue {
  const [, container, facts] = /^(\S+): ([^]*)$/.exec(text) ?? [];
  if (!container) return describeList(text);
  const reason = describeList(facts);
  return typeof reason === 'string'
    ? text
    : { code: 'pod-because', values: { what: container, reason } };
}

/** Facts are separated by commas; a phrase of ours has none. */
function describeList(text: string): MessageValue {
  const facts = text.split(', ').map(describeFact);
  if (facts.every(fact => typeof fact === 'string')) return text;
  return facts
    .slice(0, -1)
    .reduceRight<MessageValue>(
      (rest, first) => ({ code: 'pod-facts', values: { first, rest } }),
      facts[facts.length - 1],
    );
}

function describeFact(text: string): MessageValue {
  for (const [pattern, toMessage] of PHRASES) {
    const match = pattern.exec(text);
    if (match) return toMessage(match);
  }
  return text;
}
