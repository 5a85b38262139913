const visible: Record<string, string> = { '\u0000': '' };

/** Control characters, and those that turn the direction of text around. */
const hostile =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const loneSurrogates =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Text from a file as it can be stored and shown: characters that hide or
 * rearrange others become visible escapes, long texts are cut.
 */
export function plainText(value: string, maxLength: number): string {
  const text = value
    .slice(0, maxLength * 2)
    .replace(/\r\n?/g, '\n')
    .replace(
      hostile,
      character =>
        visible[character] ??
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(loneSurrogates, '\uFFFD')
    .trim();
  return text.length > maxLength
    ? `${text.slice(0, maxLength - 1).replace(loneSurrogates, '')}…`
    : text;
}

/** A title: the first line of the first text that says something, else the fallback. */
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
