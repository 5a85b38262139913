import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';

/** Formats findings as CSV (RFC 4180), one per line. */
export function writeCsv(findings: readonly Finding[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...findings.map(finding => columns.map(([, read]) => read(finding))),
  ];
  // With a byte order mark: without it, spreadsheets read UTF-8 as Latin-1.
  return `\ufeff${lines
    .map(cells => cells.map(toCell).join(','))
    .join('\r\n')}\r\n`;
}

const columns: Array<
  [string, (finding: Finding) => string | number | undefined]
> = [
  ['Finding', f => f.findingId],
  ['State', f => f.state],
  ['Severity', f => f.severity],
  ['CVSS', f => f.cvssScore],
  ['Title', f => f.title],
  ['Rule', f => f.ruleId],
  ['Tools', f => f.tools.join(' ')],
  ['CVE', f => f.cves.join(' ')],
  ['CWE', f => f.cwes.join(' ')],
  ['Package', f => f.package?.name],
  ['Version', f => f.package?.version],
  ['Fixed version', f => f.package?.fixedVersion],
  ['Path', f => f.location?.path],
  ['Line', f => f.location?.startLine],
  ['First seen', f => f.firstSeenAt],
  ['Last seen', f => f.lastSeenAt],
  ['Fixed', f => f.fixedAt],
  ['Decision reason', f => f.triage?.reason],
  ['Decision owner', f => f.triage?.owner],
  ['Decision by', f => f.triage?.decidedBy],
  ['Accepted until', f => f.triage?.expiresAt],
];

/** Characters that spreadsheets skip before a formula: white space and invisible characters. */
const skipped = /^[\s\p{C}\p{Default_Ignorable_Code_Point}]+/u;
/** Characters that start a formula, including the typographic minus sign. */
const formula = /^[=+\-@|%\u2212]/;

/**
 * Formats one cell, always quoted. A cell that a spreadsheet could treat as a
 * formula starts with an apostrophe, even if its sign is a full-width one.
 */
function toCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const seen = text.normalize('NFKC').replace(skipped, '');
  const isFormula = formula.test(seen) || text.startsWith('\t');
  const safe = isFormula ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
