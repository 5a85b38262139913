/** A row of a Markdown table. A bar in a cell would begin the next cell, so it is escaped. */
export function tableRow(cells) {
  return `| ${cells
    .map(cell => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' '))
    .join(' | ')} |`;
}
