import { outsideText } from './outsideText';

describe('outsideText', () => {
  it('keeps what a person sees', () => {
    const text = 'GET /Übersicht/👍 "a" `b`';
    expect(outsideText(text)).toEqual({ untrustedText: text });
  });

  it.each([
    ['line breaks', 'a\r\n\n# b'],
    ['a reversed direction', 'a\u202e# b'],
    ['hidden letters', 'a\u{e0049}\u{e0067}# b'],
    ['a zero width space', 'a\u200b# b'],
    ['a control character', 'a\u001b# b'],
  ])('replaces %s with a space', (_, text) => {
    expect(outsideText(text)).toEqual({ untrustedText: 'a # b' });
  });

  it('says that a long text is cut, and cuts no character in two', () => {
    const { untrustedText, cut } = outsideText('👍'.repeat(301));
    expect([...untrustedText]).toHaveLength(300);
    expect(untrustedText).toBe(`${'👍'.repeat(299)}…`);
    expect(cut).toBe(true);
    expect(outsideText('x'.repeat(300)).cut).toBeUndefined();
  });

  it('has nothing to mark without a text', () => {
    expect(outsideText(undefined)).toBeUndefined();
  });
});
