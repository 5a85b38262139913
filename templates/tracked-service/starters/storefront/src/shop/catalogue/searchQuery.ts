/**
 * A `to_tsquery` expression that finds products with all words, each also as the beginning of a longer one. Only letters
 * and digits remain, so no input is a syntax error.
 *
 * @returns undefined if there is no word.
 */
export function searchQuery(input: string): string | undefined {
  const words = input.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words?.map(word => `${word}:*`).join(' & ');
}
