/**
 * Control, bidirectional and zero-width characters. Joiners are kept: emoji and
 * several scripts need them.
 */
const hostile =
  // eslint-disable-next-line no-control-regex -- these are what it finds
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const loneSurrogates =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Makes untrusted text safe to store and show: characters that hide or
 * rearrange others become visible escapes, and long texts are truncated.
 * Cleaning clean text changes nothing.
 */
export function plainText(value: string, maxLength: number): string {
  const text = value
    .slice(0, maxLength * 2)
    .replace(/\r\n?/g, '\n')
    .replace(hostile, escapeCharacter)
    .replace(loneSurrogates, '\uFFFD')
    .trim();
  return text.length > maxLength
    ? `${text.slice(0, maxLength - 1).replace(loneSurrogates, '')}…`
    : text;
}

function escapeCharacter(character: string): string {
  return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
}

/** Returns the first line of the first non-empty text as the title, otherwise the fallback. */
export function titleOf(
  texts: Array<string | undefined>,
  fallback: string,
): string {
  for (const text of texts) {
    const [line = ''] = (text ?? '').trim().split('\n', 1);
    const title = plainText(line, 500);
    if (title) return title;
  }
  return fallback;
}
