const cve = /\bCVE-\d{4}-\d{4,10}\b/gi;
const ghsa = /\bGHSA(?:-[23456789cfghjmpqrvwx]{4}){3}\b/gi;
const cwe = /\bCWE[-_/: ]?(\d{1,5})\b/gi;

/** Extracts CVE ids, in upper case and without duplicates. */
export function readCves(...texts: Array<string | undefined>): string[] {
  return unique(texts, text => text.match(cve)?.map(id => id.toUpperCase()));
}

/** Extracts GitHub advisory ids, without duplicates. */
export function readGhsas(...texts: Array<string | undefined>): string[] {
  return unique(texts, text =>
    text.match(ghsa)?.map(id => `GHSA${id.slice(4).toLowerCase()}`),
  );
}

/** Extracts CWE ids as `CWE-79`, without duplicates. */
export function readCwes(...texts: Array<string | undefined>): string[] {
  return unique(texts, text =>
    [...text.matchAll(cwe)].map(([, number]) => `CWE-${Number(number)}`),
  );
}

function unique(
  texts: Array<string | undefined>,
  find: (text: string) => string[] | null | undefined,
): string[] {
  const ids = texts.flatMap(text => (text ? find(text) ?? [] : []));
  return [...new Set(ids)].slice(0, 50);
}
