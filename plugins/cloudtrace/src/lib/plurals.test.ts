import { messages } from '../messages';
import { flattenMessages } from '../messages/flattenMessages';

const counted =
  /\{\{(number|count|failed|requests)\}\} (\w+ ){0,3}(findings|requests|errors|targets|problems|failovers|activities|instances|zones|days)\b/;

describe('texts with numbers', () => {
  const texts = Object.entries<string>(flattenMessages(messages));

  it('have a singular and a plural form', () => {
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
