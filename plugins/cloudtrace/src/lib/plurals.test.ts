import { diagnosticsMessages } from '../messages/diagnostics';
import { fleetMessages } from '../messages/fleet';
import { frameMessages } from '../messages/frame';
import { judgementTexts } from '../messages/judgements';
import { loadMessages } from '../messages/load';
import { overviewMessages } from '../messages/overview';
import { requestsMessages } from '../messages/requests';
import { securityMessages } from '../messages/security';
import { summaryMessages } from '../messages/summary';
import { tokensMessages } from '../messages/tokens';

/** All texts with the path of their key. */
function textsOf(messages: object, path = ''): Array<[string, string]> {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : textsOf(value, `${path}${key}.`),
  );
}

const counted =
  /\{\{(number|count|failed|requests)\}\} (\w+ ){0,3}(findings|requests|errors|targets|problems|failovers|activities|instances|zones|days)\b/;

describe('texts with numbers', () => {
  const texts = textsOf({
    ...diagnosticsMessages,
    ...fleetMessages,
    ...frameMessages,
    ...judgementTexts,
    ...loadMessages,
    ...overviewMessages,
    ...requestsMessages,
    ...securityMessages,
    ...summaryMessages,
    ...tokensMessages,
  });

  it('have a form for one and a form for more', () => {
    const keys = new Set(texts.map(([key]) => key));
    const wrong = texts
      .filter(([key, text]) => counted.test(text) && !/_other$/.test(key))
      .map(([key]) => key);
    const alone = [...keys].filter(
      key =>
        key.endsWith('_other') && !keys.has(key.replace(/_other$/, '_one')),
    );
    expect({ wrong, alone }).toEqual({ wrong: [], alone: [] });
  });
});
