import { messages } from '.';
import german from './de';
import { flattenMessages } from './flattenMessages';

const english = flattenMessages(messages);

const parametersOf = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the German texts', () => {
  it('have each key of the English ones, and no others', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('have the same parameters', () => {
    const translated: Record<string, string> = german;
    const differing = Object.entries<string>(english).filter(
      ([key, text]) =>
        parametersOf(text).join() !== parametersOf(translated[key]).join(),
    );
    expect(differing).toEqual([]);
  });

  it('are never empty', () => {
    expect(Object.values<string>(german).filter(text => !text.trim())).toEqual(
      [],
    );
  });
});
