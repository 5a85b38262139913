/** The colour beside a name. */
export function colorBeside(element: HTMLElement): string | null | undefined {
  const swatch = element.closest('th, td')?.querySelector('svg')?.firstChild as
    | Element
    | null
    | undefined;
  return swatch?.getAttribute('fill') ?? swatch?.getAttribute('stroke');
}
